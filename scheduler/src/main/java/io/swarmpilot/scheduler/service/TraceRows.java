package io.swarmpilot.scheduler.service;

import io.swarmpilot.proto.scheduler.v1.TraceRow;
import io.swarmpilot.scheduler.payload.Features;
import io.swarmpilot.scheduler.shadow.LiveTask;
import java.util.function.LongConsumer;

/// Writes rows of traces.
final class TraceRows {
  private static final double MOST_TOKENS = 1e9;

  private TraceRows() {}

  static TraceRow encode(LiveTask task, Features features) {
    TraceRow.Builder row =
        TraceRow.newBuilder()
            .setTaskId(task.id())
            .setSubmitTime(task.submitUnix())
            .setModelName(task.model())
            .putAllFeatures(features.numbers())
            .setExecutionMs(task.executionMs())
            .setHardware(task.target().hardware())
            .setInstance(task.instance())
            .setWaitMs(task.waitMs())
            .setResponseMs(task.responseMs())
            .setSloDeadlineMs(task.sloMs() > 0 ? task.sloMs() : 0);
    tokens(features, "input_tokens", row::setInputTokens);
    tokens(features, "output_tokens", row::setOutputTokens);
    return row.build();
  }

  private static void tokens(Features features, String name, LongConsumer setter) {
    Double count = features.numbers().get(name);
    if (count != null && count >= 1 && count <= MOST_TOKENS) {
      setter.accept(Math.round(count));
    }
  }
}
