package io.swarmpilot.scheduler.core;

import io.swarmpilot.scheduler.core.Effect.TaskChange;
import io.swarmpilot.scheduler.core.Outcome.FailureKind;
import java.util.ArrayList;
import java.util.List;

/// Ends tasks, or sends them on to the next instance when theirs is lost.
final class Settlement {
  private final Placement placement;
  private final OutlierEjection outliers;
  private final Retention retention;
  private final int maxAttempts;

  Settlement(Placement placement, OutlierEjection outliers, Retention retention, int maxAttempts) {
    this.placement = placement;
    this.outliers = outliers;
    this.retention = retention;
    this.maxAttempts = maxAttempts;
  }

  /// Does what the outcome of a task's current attempt asks for.
  void settle(Transition step, TaskEntry task, Outcome outcome) {
    if (task.instance != null) {
      outliers.observe(step, task.instance, outcome);
    }
    switch (outcome) {
      case Outcome.Succeeded succeeded -> complete(step, task, succeeded);
      case Outcome.Failed failed -> {
        switch (failed.kind()) {
          case FINAL, INVALID -> complete(step, task, failed);
          case LOST -> release(step, task, failed.fault(), failed.message(), true);
          case CANCELLED -> {
            if (task.cancelRequested) {
              cancel(step, task, failed);
            } else if (task.remainingMs(step.now) <= 0) {
              // The instance knew its bound of time and was first to see it pass.
              step.raise(new Event.TaskCancelRequested(task.id, task.timeOutReason()));
              cancel(step, task, failed);
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
    release(step, task, Fault.CRASHED, reason, true);
  }

  /// Takes a task that has not run from its instance, and places it elsewhere.
  void handBack(Transition step, TaskEntry task, String reason) {
    release(step, task, Fault.REFUSED, reason, false);
  }

  /// Ends a task that was to be stopped.
  void cancel(Transition step, TaskEntry task, String reason) {
    fail(step, task, FailureKind.CANCELLED, task.faultOf(reason), reason);
  }

  /// Stops a task for a reason: one that waits ends at once, for one at an instance the instance is
  /// told.
  Answer.Cancelled stop(Transition step, TaskEntry task, String reason) {
    InstanceEntry instance = task.instance;
    if (task.status == TaskStatus.COMPLETED) {
      return Answer.Cancelled.ALREADY_COMPLETED;
    }
    // A foreign instance has no way to be told once it took the task; what it answers is not
    // awaited.
    if (instance == null || instance.registration.kind() == InstanceKind.FOREIGN) {
      if (instance != null) {
        step.effect(new Effect.Abort(instance.uuid(), task.id, task.attempt));
      }
      cancel(step, task, reason);
      return Answer.Cancelled.CANCELLED;
    }
    if (!task.cancelRequested) {
      step.raise(new Event.TaskCancelRequested(task.id, reason));
      step.effect(new Effect.Abort(instance.uuid(), task.id, task.attempt));
    }
    return Answer.Cancelled.CANCELLING;
  }

  /// Gives the waiting tasks of a model to instances as long as one can take them.
  void placeWaiting(Transition step, String model) {
    placement.placeWaiting(step, model, this::shed);
  }

  /// Ends a task as failed.
  void fail(Transition step, TaskEntry task, FailureKind kind, Fault fault, String message) {
    complete(step, task, Outcome.Failed.idle(kind, fault, message));
  }

  private void release(Transition step, TaskEntry task, Fault fault, String reason, boolean lost) {
    InstanceEntry from = task.instance;
    if (task.cancelRequested) {
      cancel(step, task, task.cancelReason);
      return;
    }
    if (lost && task.losses.size() + 1 >= maxAttempts) {
      List<String> reasons = new ArrayList<>(task.losses);
      reasons.add("attempt " + task.attempt + ": " + reason);
      fail(step, task, FailureKind.LOST, fault, "gave up after " + String.join("; ", reasons));
      return;
    }
    step.raise(new Event.TaskReleased(task.id, reason, lost, step.now));
    if (from != null) {
      left(step, from);
    }
    task.avoided = from;
    placeWaiting(step, task.model);
    if (task.status == TaskStatus.QUEUED) {
      step.show(TaskChange.RETRIED, task);
    }
  }

  private void cancel(Transition step, TaskEntry task, Outcome.Failed stopped) {
    complete(
        step,
        task,
        new Outcome.Failed(
            FailureKind.CANCELLED,
            task.faultOf(task.cancelReason),
            task.cancelReason,
            stopped.executionMs(),
            stopped.replica(),
            stopped.output()));
  }

  private void shed(Transition step, TaskEntry task) {
    fail(
        step,
        task,
        FailureKind.FINAL,
        Fault.SHED,
        "shed: it could not meet its objective any more");
  }

  private void complete(Transition step, TaskEntry task, Outcome outcome) {
    InstanceEntry from = task.instance;
    Payload input = task.payload;
    Estimates estimates = task.estimates;
    step.raise(new Event.TaskCompleted(task.id, outcome, step.now));
    TaskSnapshot snapshot = task.snapshot();
    step.effect(new Effect.ShowTask(TaskChange.COMPLETED, snapshot));
    if (from != null) {
      if (outcome instanceof Outcome.Succeeded && outcome.executionMs() > 0) {
        step.effect(report(snapshot, input, estimates, from));
      }
      left(step, from);
    }
    retention.enforce(step);
    placeWaiting(step, task.model);
  }

  private static Effect report(
      TaskSnapshot task, Payload input, Estimates estimates, InstanceEntry from) {
    Target target = from.status.target();
    double probability = 1 - estimates.on(target).time().exceeds(task.executionMs());
    return new Effect.Report(task, input, target, probability, from.slowdown());
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
