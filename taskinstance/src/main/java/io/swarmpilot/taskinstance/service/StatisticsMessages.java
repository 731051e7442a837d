package io.swarmpilot.taskinstance.service;

import io.swarmpilot.taskinstance.backend.OutputStatistics;
import io.swarmpilot.taskinstance.backend.OutputTimes;

/// Writes what an execution put out, in numbers, for the wire.
public final class StatisticsMessages {
  private StatisticsMessages() {}

  /// The message.
  public static io.swarmpilot.proto.common.v1.OutputStatistics statistics(OutputStatistics output) {
    OutputTimes times = output.times();
    var message =
        io.swarmpilot.proto.common.v1.OutputStatistics.newBuilder().setPieces(times.pieces());
    if (times.pieces() > 0) {
      message.setTimeToFirstOutputMs(times.firstMs());
    }
    if (times.pieces() > 1) {
      message
          .setGapMeanMs(times.gapMeanMs())
          .setGapP50Ms(times.gapP50Ms())
          .setGapP99Ms(times.gapP99Ms())
          .setGapMaxMs(times.gapMaxMs());
    }
    output.promptTokens().ifPresent(message::setPromptTokens);
    output.completionTokens().ifPresent(message::setCompletionTokens);
    return message.build();
  }
}
