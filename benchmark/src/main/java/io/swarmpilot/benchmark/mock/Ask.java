package io.swarmpilot.benchmark.mock;

import com.fasterxml.jackson.databind.JsonNode;

/// What a request asks of the mock server.
///
/// @param model the model it names
/// @param inputTokens words of its prompt
/// @param outputTokens tokens to write
/// @param stream whether piece by piece
/// @param usage whether a stream is to end with its tokens
record Ask(String model, int inputTokens, int outputTokens, boolean stream, boolean usage) {
  /// Reads a request of either interface.
  ///
  /// @param usual tokens to write unless the request wants fewer
  static Ask of(JsonNode body, int usual, boolean streamsByDefault) {
    int most =
        firstPositive(
            body.path("max_tokens").asInt(),
            body.path("max_completion_tokens").asInt(),
            body.path("options").path("num_predict").asInt());
    // Asked to write on until that many are there, it does.
    boolean exact = body.path("ignore_eos").asBoolean();
    return new Ask(
        body.path("model").asText(""),
        words(body),
        most == 0 ? usual : exact ? most : Math.min(most, usual),
        body.path("stream").asBoolean(streamsByDefault),
        body.path("stream_options").path("include_usage").asBoolean());
  }

  private static int firstPositive(int... values) {
    for (int value : values) {
      if (value > 0) {
        return value;
      }
    }
    return 0;
  }

  private static int words(JsonNode body) {
    int words = words(body.path("prompt").asText("")) + words(body.path("input").asText(""));
    for (JsonNode message : body.path("messages")) {
      words += words(message.path("content").asText(""));
    }
    return words;
  }

  private static int words(String text) {
    int words = 0;
    boolean inWord = false;
    for (int i = 0; i < text.length(); i++) {
      boolean letter = text.charAt(i) > ' ';
      words += letter && !inWord ? 1 : 0;
      inWord = letter;
    }
    return words;
  }
}
