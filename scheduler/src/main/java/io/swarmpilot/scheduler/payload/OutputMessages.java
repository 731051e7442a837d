package io.swarmpilot.scheduler.payload;

import io.swarmpilot.proto.common.v1.OutputStatistics;
import io.swarmpilot.scheduler.core.OutputFigures;

/// What executions put out, in numbers, from and to the wire.
public final class OutputMessages {
  private OutputMessages() {}

  /// The figures for the wire.
  public static OutputStatistics encode(OutputFigures output) {
    OutputStatistics.Builder message =
        OutputStatistics.newBuilder().setPieces(Math.max(0, output.pieces()));
    if (isTime(output.firstMs())) {
      message.setTimeToFirstOutputMs(output.firstMs());
    }
    if (isTime(output.gapMeanMs())) {
      message
          .setGapMeanMs(output.gapMeanMs())
          .setGapP50Ms(output.gapP50Ms())
          .setGapP99Ms(output.gapP99Ms())
          .setGapMaxMs(output.gapMaxMs());
    }
    if (output.promptTokens() >= 0) {
      message.setPromptTokens(output.promptTokens());
    }
    if (output.completionTokens() >= 0) {
      message.setCompletionTokens(output.completionTokens());
    }
    return message.build();
  }

  /// What an instance says; what is no time counts as not known.
  public static OutputFigures decode(OutputStatistics message) {
    boolean gaps =
        message.hasGapMeanMs()
            && isTime(message.getGapMeanMs())
            && isTime(message.getGapP50Ms())
            && isTime(message.getGapP99Ms())
            && isTime(message.getGapMaxMs());
    boolean first = message.hasTimeToFirstOutputMs() && isTime(message.getTimeToFirstOutputMs());
    return new OutputFigures(
        Math.max(0, message.getPieces()),
        first ? message.getTimeToFirstOutputMs() : Double.NaN,
        gaps ? message.getGapMeanMs() : Double.NaN,
        gaps ? message.getGapP50Ms() : Double.NaN,
        gaps ? message.getGapP99Ms() : Double.NaN,
        gaps ? message.getGapMaxMs() : Double.NaN,
        message.hasPromptTokens() ? message.getPromptTokens() : -1,
        message.hasCompletionTokens() ? message.getCompletionTokens() : -1);
  }

  private static boolean isTime(double ms) {
    return Double.isFinite(ms) && ms >= 0;
  }
}
