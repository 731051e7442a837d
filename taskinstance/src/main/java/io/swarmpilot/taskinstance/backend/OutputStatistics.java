package io.swarmpilot.taskinstance.backend;

import java.util.OptionalLong;

/// What an execution put out, in numbers.
///
/// @param times when its pieces came, from its start
/// @param promptTokens tokens of its input, if known
/// @param completionTokens tokens of its output, if known
public record OutputStatistics(
    OutputTimes times, OptionalLong promptTokens, OptionalLong completionTokens) {
  /// Of an execution that showed and told nothing.
  public static final OutputStatistics NONE =
      new OutputStatistics(OutputTimes.NONE, OptionalLong.empty(), OptionalLong.empty());
}
