package io.swarmpilot.taskinstance.queue;

import io.swarmpilot.runtime.error.ErrorReason;
import io.swarmpilot.runtime.error.MeshException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Whether a task is taken. Owned by [QueueState].
final class Admission {
  private static final Duration RETRY_WHEN_FULL = Duration.ofSeconds(1);

  private final QueueBounds bounds;
  private final TaskTable tasks;
  private final ReplicaPool pool;
  private boolean draining;

  Admission(QueueBounds bounds, TaskTable tasks, ReplicaPool pool) {
    this.bounds = bounds;
    this.tasks = tasks;
    this.pool = pool;
  }

  /// Takes nothing from now on.
  void close() {
    draining = true;
  }

  boolean isClosed() {
    return draining;
  }

  /// Why a task cannot be taken now, or null.
  @Nullable Refusal refusal(NewTask task) {
    if (draining) {
      return Refusal.DRAINING;
    }
    String running = pool.runningModel();
    if (running == null) {
      return Refusal.NO_REPLICA;
    }
    if (task.model() != null && !task.model().equals(running)) {
      return Refusal.MODEL_MISMATCH;
    }
    if (pool.running() == 0 && task.attempt() != NewTask.LOCAL) {
      // A direct caller has nowhere else to go and waits until the engine is back.
      return Refusal.NO_REPLICA;
    }
    return isFullFor(task) ? Refusal.QUEUE_FULL : null;
  }

  /// The refusal as a direct caller sees it.
  MeshException describe(Refusal refusal, NewTask task) {
    return switch (refusal) {
      case DRAINING -> draining();
      case NO_REPLICA -> MeshException.of(ErrorReason.NO_MODEL_RUNNING, "no model running");
      case MODEL_MISMATCH ->
          MeshException.of(
              ErrorReason.MODEL_MISMATCH,
              "Model '" + pool.runningModel() + "' runs here, not '" + task.model() + "'");
      case QUEUE_FULL ->
          MeshException.of(
                  ErrorReason.QUEUE_FULL,
                  "The queue is full: " + tasks.pendingCount() + " tasks wait")
              .retryAfter(RETRY_WHEN_FULL);
    };
  }

  /// Refuses when the instance is shutting down.
  void requireOpen() {
    if (draining) {
      throw draining();
    }
  }

  private boolean isFullFor(NewTask task) {
    // A task that is larger than the bound by itself waits alone.
    boolean tooMuch = tasks.pendingBytes() + task.input().length() > bounds.maxPendingBytes();
    return tasks.pendingCount() >= bounds.maxPending() || (tooMuch && tasks.pendingCount() > 0);
  }

  private static MeshException draining() {
    return MeshException.of(ErrorReason.DRAINING, "the instance is shutting down");
  }
}
