package io.swarmpilot.taskinstance.queue;

import io.swarmpilot.taskinstance.backend.Cancellation;
import io.swarmpilot.taskinstance.backend.Fault;
import io.swarmpilot.taskinstance.backend.OutputStatistics;
import io.swarmpilot.taskinstance.backend.RunFailure;
import io.swarmpilot.taskinstance.forecast.Estimate;
import org.jspecify.annotations.Nullable;

/// A task that waits or runs. Owned by [QueueState], but for what never changes.
final class LiveTask {
  /// The end of a time that is not bounded.
  static final long NEVER = Long.MIN_VALUE;

  /// How a task ends whose time has run out.
  static final Outcome OUT_OF_TIME =
      new Outcome.Failed(RunFailure.Kind.CANCELLED, Fault.TIMEOUT, "its time ran out");

  private static final double NANOS_PER_MS = 1e6;
  // Beyond it nanoseconds would overflow; some thirty years.
  private static final double LONGEST_MS = 1e12;

  final String id;
  final String model;
  final String input;
  final @Nullable Estimate estimate;
  final double enqueueTime;
  final Cancellation cancellation = new Cancellation();
  final OutputRing output;
  private final long enqueueNanos;
  private int attempt;
  private long expiresAt;
  private long startNanos;
  private @Nullable RunningReplica replica;
  private boolean evicted;
  private boolean timedOut;

  /// @param model model that runs it
  /// @param output takes its partial output
  LiveTask(NewTask task, String model, OutputRing output, long enqueueNanos, double enqueueTime) {
    this.output = output;
    this.id = task.taskId();
    this.model = model;
    this.input = task.input();
    this.estimate = task.estimate();
    this.attempt = task.attempt();
    this.expiresAt = expiry(task.remainingMs(), enqueueNanos);
    this.enqueueNanos = enqueueNanos;
    this.enqueueTime = enqueueTime;
  }

  int attempt() {
    return attempt;
  }

  String id() {
    return id;
  }

  /// Makes it a later attempt of the scheduler's, with that one's bound of time.
  void adopt(NewTask later, long nowNanos) {
    attempt = later.attempt();
    expiresAt = expiry(later.remainingMs(), nowNanos);
  }

  /// When its time runs out, ns of the clock; [#NEVER] without a bound.
  long expiresAt() {
    return expiresAt;
  }

  boolean isExpired(long nowNanos) {
    return expiresAt != NEVER && nowNanos - expiresAt >= 0;
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

  /// Marks that it is ended because its time has run out.
  void timeOut() {
    timedOut = true;
  }

  double waitMs() {
    return (startNanos - enqueueNanos) / NANOS_PER_MS;
  }

  double elapsedMs(long nowNanos) {
    return (nowNanos - startNanos) / NANOS_PER_MS;
  }

  /// The task as it ended now.
  ///
  /// @param produced what it put out
  FinishedTask finish(Outcome outcome, OutputStatistics produced, long nowNanos) {
    RunningReplica on = replica;
    double waited =
        (on == null ? nowNanos - enqueueNanos : startNanos - enqueueNanos) / NANOS_PER_MS;
    double executed = on == null ? 0 : elapsedMs(nowNanos);
    return new FinishedTask(
        id,
        attempt,
        actual(outcome),
        enqueueTime,
        waited,
        executed,
        on == null ? null : on.id(),
        produced);
  }

  /// What was stopped by the instance itself ended for its reasons.
  private Outcome actual(Outcome outcome) {
    boolean stopped =
        outcome instanceof Outcome.Failed(RunFailure.Kind kind, _, _)
            && kind == RunFailure.Kind.CANCELLED;
    if (stopped && timedOut) {
      return OUT_OF_TIME;
    }
    return stopped && evicted
        ? new Outcome.Failed(RunFailure.Kind.REPLICA_LOST, "the instance shut down")
        : outcome;
  }

  private static long expiry(double remainingMs, long nowNanos) {
    return remainingMs > LONGEST_MS
        ? NEVER
        : nowNanos + (long) (Math.max(0, remainingMs) * NANOS_PER_MS);
  }
}
