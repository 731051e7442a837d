package io.swarmpilot.scheduler.payload;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.common.primitives.ImmutableLongArray;
import io.swarmpilot.runtime.json.JsonValues;
import io.swarmpilot.scheduler.prefix.PromptBlocks;
import java.io.IOException;

/// Reads the prompt of a task's input, as far as it is needed to recognise what it shares with
/// others: the text of `prompt`, or of the contents of `messages`, one after the other.
final class PromptReader {
  /// Longest prompt whose blocks are all told apart.
  private static final int MOST_CHARS = PromptBlocks.MOST * PromptBlocks.BYTES;

  private PromptReader() {}

  /// Hashes of the prompt's blocks; empty for an input without prompt, or with one that does not
  /// fill a block.
  ///
  /// @param input JSON text of the task's input
  static ImmutableLongArray blocks(String input) {
    if (input.length() < PromptBlocks.BYTES) {
      return ImmutableLongArray.of();
    }
    try (JsonParser parser = JsonValues.FACTORY.createParser(input)) {
      return PromptBlocks.of(prompt(parser));
    } catch (IOException e) {
      // The input itself was checked at the edge; without a prompt nothing is recognised.
      return ImmutableLongArray.of();
    }
  }

  private static CharSequence prompt(JsonParser parser) throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      return "";
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (name.equals("prompt") && value == JsonToken.VALUE_STRING) {
        return parser.getText();
      }
      if (name.equals("messages") && value == JsonToken.START_ARRAY) {
        return contents(parser);
      }
      parser.skipChildren();
    }
    return "";
  }

  private static CharSequence contents(JsonParser parser) throws IOException {
    StringBuilder text = new StringBuilder();
    int depth = 1;
    while (depth > 0 && text.length() < MOST_CHARS) {
      JsonToken token = parser.nextToken();
      if (token == null) {
        return text;
      }
      depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
      if (token == JsonToken.VALUE_STRING) {
        text.append(parser.getText());
      }
    }
    return text;
  }
}
