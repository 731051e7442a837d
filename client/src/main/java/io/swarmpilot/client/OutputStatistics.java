package io.swarmpilot.client;

import java.util.Optional;

/// What a task put out, in numbers. Times are ms from the start of its execution.
///
/// @param pieces pieces of output; 0 when the model shows nothing before its end
/// @param timeToFirstOutputMs time to the first piece; empty without any
/// @param gapMeanMs mean time between pieces; this and the following are empty below two pieces
/// @param gapP50Ms median time between pieces
/// @param gapP99Ms time that 99 in 100 of the gaps do not exceed
/// @param gapMaxMs longest time between pieces
/// @param promptTokens tokens of the input; empty when the model did not tell
/// @param completionTokens tokens of the output; empty when the model did not tell
public record OutputStatistics(
    int pieces,
    Optional<Double> timeToFirstOutputMs,
    Optional<Double> gapMeanMs,
    Optional<Double> gapP50Ms,
    Optional<Double> gapP99Ms,
    Optional<Double> gapMaxMs,
    Optional<Long> promptTokens,
    Optional<Long> completionTokens) {
  static OutputStatistics of(io.swarmpilot.proto.common.v1.OutputStatistics output) {
    return new OutputStatistics(
        output.getPieces(),
        value(output.hasTimeToFirstOutputMs(), output.getTimeToFirstOutputMs()),
        value(output.hasGapMeanMs(), output.getGapMeanMs()),
        value(output.hasGapP50Ms(), output.getGapP50Ms()),
        value(output.hasGapP99Ms(), output.getGapP99Ms()),
        value(output.hasGapMaxMs(), output.getGapMaxMs()),
        value(output.hasPromptTokens(), output.getPromptTokens()),
        value(output.hasCompletionTokens(), output.getCompletionTokens()));
  }

  private static <T> Optional<T> value(boolean present, T value) {
    return present ? Optional.of(value) : Optional.empty();
  }
}
