package io.swarmpilot.taskinstance.queue;

import io.swarmpilot.taskinstance.backend.OutputStatistics;
import org.jspecify.annotations.Nullable;

/// A task that has ended.
///
/// @param taskId id of the task
/// @param attempt the scheduler's attempt, or [NewTask#LOCAL]
/// @param outcome how it ended
/// @param enqueueTime when it was taken, Unix seconds
/// @param waitMs time until it started, or ended without starting, ms
/// @param executionMs time it executed, ms; 0 when it never started
/// @param replicaId replica that ran it; null when it never started
/// @param output what it put out, in numbers
public record FinishedTask(
    String taskId,
    int attempt,
    Outcome outcome,
    double enqueueTime,
    double waitMs,
    double executionMs,
    @Nullable String replicaId,
    OutputStatistics output) {
  // What a task occupies beside its result, roughly.
  private static final int OVERHEAD_BYTES = 512;

  /// Wait and execution together, ms.
  public double totalMs() {
    return waitMs + executionMs;
  }

  /// When it ended, Unix seconds. Follows from the monotonic times, so that it agrees with them
  /// whatever the wall clock did meanwhile.
  public double completionTime() {
    return enqueueTime + totalMs() / 1_000;
  }

  /// What it occupies in memory, bytes, roughly.
  long weight() {
    return (long) OVERHEAD_BYTES
        + switch (outcome) {
          case Outcome.Succeeded(String result) -> result.length();
          case Outcome.Failed(_, _, String message) -> message.length();
        };
  }

  FinishedTask withAttempt(int higher) {
    return new FinishedTask(
        taskId, higher, outcome, enqueueTime, waitMs, executionMs, replicaId, output);
  }
}
