package io.swarmpilot.benchmark.prompts;

/// What one request asks.
///
/// @param text the words
/// @param inputTokens how many tokens they are meant to be; 0 when nobody counted
/// @param outputTokens how many tokens the answer is to have; 0 for what the plan asks for
public record Prompt(String text, int inputTokens, int outputTokens) {
  /// Words that nobody counted.
  public static Prompt of(String text) {
    return new Prompt(text, 0, 0);
  }
}
