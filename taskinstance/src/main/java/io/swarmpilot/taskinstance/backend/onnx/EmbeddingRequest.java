package io.swarmpilot.taskinstance.backend.onnx;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.swarmpilot.runtime.json.JsonValues;
import io.swarmpilot.taskinstance.backend.RunFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The texts to embed.
///
/// @param texts 1 to 256 texts of at most 1 MiB together
/// @param single whether the caller gave `text` rather than `texts`
record EmbeddingRequest(List<String> texts, boolean single) {
  private static final int MAX_TEXTS = 256;
  private static final int MAX_BYTES = 1 << 20;
  private static final String TEXT = "input_data.text";
  private static final String TEXTS = "input_data.texts";

  /// Reads `{"text": "…"}` or `{"texts": ["…", …]}`; other members are ignored.
  static EmbeddingRequest parse(String input) throws RunFailure {
    String text = null;
    List<String> texts = null;
    try (JsonParser json = JsonValues.FACTORY.createParser(input)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw RunFailure.invalidInput("input_data", "must be a JSON object");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        switch (name) {
          case "text" -> text = readText(json);
          case "texts" -> texts = readTexts(json);
          default -> json.skipChildren();
        }
      }
    } catch (IOException e) {
      throw RunFailure.invalidInput("input_data", "is not valid JSON");
    }
    return of(text, texts);
  }

  private static EmbeddingRequest of(@Nullable String text, @Nullable List<String> texts)
      throws RunFailure {
    if (text != null && texts != null) {
      throw RunFailure.invalidInput(TEXTS, "cannot be given together with text");
    }
    if (texts != null) {
      return checked(new EmbeddingRequest(texts, false), TEXTS);
    }
    if (text != null) {
      return checked(new EmbeddingRequest(List.of(text), true), TEXT);
    }
    throw RunFailure.invalidInput(TEXT, "Field required");
  }

  private static EmbeddingRequest checked(EmbeddingRequest request, String field)
      throws RunFailure {
    if (request.texts.isEmpty()) {
      throw RunFailure.invalidInput(field, "must hold 1 to " + MAX_TEXTS + " texts");
    }
    long bytes = 0;
    for (String text : request.texts) {
      // A text has at least as many bytes as characters, so an oversized one is not encoded.
      bytes +=
          text.length() > MAX_BYTES ? text.length() : text.getBytes(StandardCharsets.UTF_8).length;
    }
    if (bytes > MAX_BYTES) {
      throw RunFailure.invalidInput(field, "must have at most " + MAX_BYTES + " bytes");
    }
    return request;
  }

  private static @Nullable String readText(JsonParser json) throws IOException, RunFailure {
    return switch (json.currentToken()) {
      case VALUE_STRING -> json.getText();
      case VALUE_NULL -> null;
      default -> throw RunFailure.invalidInput(TEXT, "must be a string");
    };
  }

  private static @Nullable List<String> readTexts(JsonParser json) throws IOException, RunFailure {
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw RunFailure.invalidInput(TEXTS, "must be an array of strings");
    }
    List<String> texts = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() != JsonToken.VALUE_STRING) {
        throw RunFailure.invalidInput(TEXTS + "[" + texts.size() + "]", "must be a string");
      }
      if (texts.size() == MAX_TEXTS) {
        throw RunFailure.invalidInput(TEXTS, "must hold 1 to " + MAX_TEXTS + " texts");
      }
      texts.add(json.getText());
    }
    return texts;
  }
}
