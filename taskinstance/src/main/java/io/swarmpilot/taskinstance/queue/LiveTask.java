package io.swarmpilot.taskinstance.queue;

import io.swarmpilot.taskinstance.backend.Cancellation;
import io.swarmpilot.taskinstance.backend.RunFailure;
import io.swarmpilot.taskinstance.forecast.Estimate;
import org.jspecify.annotations.Nullable;

/// A task that waits or runs. Owned by [QueueState], but for what never changes.
final class LiveTask {
  private static final double NANOS_PER_MS = 1e6;

  final String id;
  final String model;
  final String input;
  final @Nullable Estimate estimate;
  final double enqueueTime;
  final Cancellation cancellation = new Cancellation();
  private final long enqueueNanos;
  private int attempt;
  private long startNanos;
  private @Nullable RunningReplica replica;
  private boolean evicted;

  /// @param model model that runs it
  LiveTask(NewTask task, String model, long enqueueNanos, double enqueueTime) {
    this.id = task.taskId();
    this.model = model;
    this.input = task.input();
    this.estimate = task.estimate();
    this.attempt = task.attempt();
    this.enqueueNanos = enqueueNanos;
    this.enqueueTime = enqueueTime;
  }

  int attempt() {
    return attempt;
  }

  /// Makes it a later attempt of the scheduler's.
  void adopt(int higher) {
    attempt = higher;
  }

  boolean isDispatched() {
    return attempt != NewTask.LOCAL;
  }

  boolean isRunning() {
    return replica != null;
  }

  /// The replica that runs it; null while it waits.
  @Nullable RunningReplica replica() {
    return replica;
  }

  void start(RunningReplica on, long nowNanos) {
    replica = on;
    startNanos = nowNanos;
  }

  /// Marks that it is ended because the instance ends, not because somebody wanted it.
  void evict() {
    evicted = true;
  }

  double waitMs() {
    return (startNanos - enqueueNanos) / NANOS_PER_MS;
  }

  double elapsedMs(long nowNanos) {
    return (nowNanos - startNanos) / NANOS_PER_MS;
  }

  /// The task as it ended now.
  FinishedTask finish(Outcome outcome, long nowNanos) {
    RunningReplica on = replica;
    double waited =
        (on == null ? nowNanos - enqueueNanos : startNanos - enqueueNanos) / NANOS_PER_MS;
    double executed = on == null ? 0 : elapsedMs(nowNanos);
    return new FinishedTask(
        id, attempt, actual(outcome), enqueueTime, waited, executed, on == null ? null : on.id());
  }

  private Outcome actual(Outcome outcome) {
    return evicted
            && outcome instanceof Outcome.Failed(RunFailure.Kind kind, _)
            && kind == RunFailure.Kind.CANCELLED
        ? new Outcome.Failed(RunFailure.Kind.REPLICA_LOST, "the instance shut down")
        : outcome;
  }
}
