package io.swarmpilot.scheduler.core;

import io.swarmpilot.scheduler.core.Effect.TaskChange;
import io.swarmpilot.scheduler.core.Outcome.FailureKind;
import java.util.ArrayList;
import java.util.List;

/// Ends tasks, or sends them on to the next instance when theirs is lost.
final class Settlement {
  private static final String CANCELLED = "cancelled";

  private final Placement placement;
  private final Retention retention;
  private final int maxAttempts;

  Settlement(Placement placement, Retention retention, int maxAttempts) {
    this.placement = placement;
    this.retention = retention;
    this.maxAttempts = maxAttempts;
  }

  /// Does what the outcome of a task's current attempt asks for.
  void settle(Transition step, TaskEntry task, Outcome outcome) {
    switch (outcome) {
      case Outcome.Succeeded succeeded -> complete(step, task, succeeded);
      case Outcome.Failed failed -> {
        switch (failed.kind()) {
          case FINAL -> complete(step, task, failed);
          case LOST -> lose(step, task, failed.message());
          case CANCELLED -> {
            if (task.cancelRequested) {
              complete(step, task, failed);
            } else {
              lose(step, task, "stopped by its instance");
            }
          }
        }
      }
    }
  }

  /// Takes a task that may have run from its instance, and places it elsewhere if it has attempts
  /// left.
  void lose(Transition step, TaskEntry task, String reason) {
    release(step, task, reason, true);
  }

  /// Takes a task that has not run from its instance, and places it elsewhere.
  void handBack(Transition step, TaskEntry task, String reason) {
    release(step, task, reason, false);
  }

  /// Ends a task as cancelled.
  void cancel(Transition step, TaskEntry task) {
    fail(step, task, FailureKind.CANCELLED, CANCELLED);
  }

  /// Ends a task as failed.
  void fail(Transition step, TaskEntry task, FailureKind kind, String message) {
    complete(step, task, new Outcome.Failed(kind, message, 0, ""));
  }

  private void release(Transition step, TaskEntry task, String reason, boolean lost) {
    InstanceEntry from = task.instance;
    if (task.cancelRequested) {
      cancel(step, task);
      return;
    }
    if (lost && task.losses.size() + 1 >= maxAttempts) {
      List<String> reasons = new ArrayList<>(task.losses);
      reasons.add("attempt " + task.attempt + ": " + reason);
      fail(step, task, FailureKind.LOST, "gave up after " + String.join("; ", reasons));
      return;
    }
    step.raise(new Event.TaskReleased(task.id, reason, lost, step.now));
    if (from != null) {
      left(step, from);
    }
    placement.place(step, task, from);
    if (task.status == TaskStatus.QUEUED) {
      step.show(TaskChange.RETRIED, task);
    }
  }

  private void complete(Transition step, TaskEntry task, Outcome outcome) {
    InstanceEntry from = task.instance;
    Payload input = task.payload;
    step.raise(new Event.TaskCompleted(task.id, outcome, step.now));
    TaskSnapshot snapshot = task.snapshot();
    step.effect(new Effect.ShowTask(TaskChange.COMPLETED, snapshot));
    if (from != null) {
      if (outcome instanceof Outcome.Succeeded && outcome.executionMs() > 0) {
        step.effect(new Effect.Report(snapshot, input, from.status.target()));
      }
      left(step, from);
    }
    retention.enforce(step);
    placement.placeWaiting(step, task.model);
  }

  /// A task has left an instance; one that is removed goes with its last task.
  private static void left(Transition step, InstanceEntry instance) {
    instance.assumeStarts(step.now);
    step.touch(instance);
    if (instance.draining && instance.outstanding.isEmpty()) {
      step.raise(new Event.InstanceRemoved(instance.uuid()));
      step.effect(new Effect.CloseLink(instance.uuid()));
    }
  }
}
