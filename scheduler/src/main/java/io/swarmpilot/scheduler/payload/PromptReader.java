package io.swarmpilot.scheduler.payload;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.common.primitives.ImmutableLongArray;
import io.swarmpilot.runtime.json.JsonValues;
import io.swarmpilot.scheduler.prefix.PromptBlocks;
import java.io.IOException;

/// Finds the prompt in a task's input, in one pass, without a tree and only as far as its blocks
/// are looked at.
final class PromptReader {
  /// A block has more bytes than this has characters: what is shorter has none.
  private static final int LEAST_CHARS = PromptBlocks.TOKENS;

  private static final int MOST_CHARS = 4 * PromptBlocks.TOKENS * PromptBlocks.MOST;

  private final StringBuilder prompt = new StringBuilder();

  private PromptReader() {}

  /// The blocks of the texts in the input's `prompt` or `messages`, whichever comes first, in the
  /// order in which they stand; none when it has neither or is no JSON object.
  ///
  /// @param input JSON text
  static ImmutableLongArray blocks(String input) {
    if (input.length() <= LEAST_CHARS) {
      return ImmutableLongArray.of();
    }
    PromptReader reader = new PromptReader();
    reader.readObject(input);
    return PromptBlocks.of(reader.prompt);
  }

  private void readObject(String input) {
    try (JsonParser parser = JsonValues.FACTORY.createParser(input)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return;
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        if (name.equals("prompt") || name.equals("messages")) {
          readTexts(parser);
          return;
        }
        parser.skipChildren();
      }
    } catch (IOException e) {
      // What was read is a prefix all the same; the JSON itself was checked at the edge.
    }
  }

  /// Every text within the current value: roles and contents alike, as each changes what the model
  /// sees.
  private void readTexts(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    int open = 0;
    while (prompt.length() < MOST_CHARS) {
      if (token.isStructStart()) {
        open++;
      } else if (token.isStructEnd()) {
        open--;
      } else if (token == JsonToken.VALUE_STRING) {
        append(parser.getText());
      }
      if (open == 0) {
        return;
      }
      token = parser.nextToken();
    }
  }

  private void append(String text) {
    prompt.append(text, 0, Math.min(text.length(), MOST_CHARS - prompt.length())).append('\n');
  }
}
