package io.swarmpilot.launcher.performance;

/// A chat of known length and pace.
///
/// @param tokens tokens of its answer
/// @param gapMicros time between them, µs
record Chat(int tokens, int gapMicros) {
  /// The body of its request.
  String body() {
    return "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"go on\"}],\"max_tokens\":%d,\"gap_us\":%d,\"stream\":true}"
        .formatted(PacedEngine.MODEL, tokens, gapMicros);
  }
}
