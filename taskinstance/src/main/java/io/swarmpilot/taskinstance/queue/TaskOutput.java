package io.swarmpilot.taskinstance.queue;

import io.swarmpilot.runtime.time.MeshClock;
import io.swarmpilot.taskinstance.backend.ExecutionOutput;
import io.swarmpilot.taskinstance.backend.OutputStatistics;
import io.swarmpilot.taskinstance.backend.Timeline;
import java.util.OptionalLong;

/// What one execution puts out: kept in the ring of its task, and measured. Used by the execution's
/// thread.
final class TaskOutput implements ExecutionOutput {
  private final OutputRing ring;
  private final Runnable announcement;
  private final MeshClock clock;
  private final Timeline timeline;
  private OptionalLong promptTokens = OptionalLong.empty();
  private OptionalLong completionTokens = OptionalLong.empty();

  /// @param announcement tells the scheduler that the ring holds something for it
  TaskOutput(OutputRing ring, Runnable announcement, MeshClock clock) {
    this.ring = ring;
    this.announcement = announcement;
    this.clock = clock;
    this.timeline = new Timeline(clock.nanos());
  }

  @Override
  public void emit(String json) {
    timeline.output(clock.nanos());
    show(json, false);
  }

  @Override
  public void frame(String json) {
    show(json, true);
  }

  @Override
  public void tokens(long prompt, long completion) {
    promptTokens = count(prompt);
    completionTokens = count(completion);
  }

  /// What was put out.
  OutputStatistics statistics() {
    return new OutputStatistics(timeline.times(), promptTokens, completionTokens);
  }

  private void show(String json, boolean frame) {
    if (ring.add(json, frame)) {
      announcement.run();
    }
  }

  private static OptionalLong count(long tokens) {
    return tokens < 0 ? OptionalLong.empty() : OptionalLong.of(tokens);
  }
}
