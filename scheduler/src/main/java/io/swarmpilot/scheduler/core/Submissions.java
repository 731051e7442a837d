package io.swarmpilot.scheduler.core;

import java.util.Optional;

/// Accepts tasks, or says why not; stops and forgets them.
final class Submissions {
  private static final double LEAST_RETRY_MS = 50;
  private static final double MOST_RETRY_MS = 60_000;

  private final Placement placement;
  private final Settlement settlement;
  private final Retention retention;
  private final Limits limits;

  Submissions(Placement placement, Settlement settlement, Retention retention, Limits limits) {
    this.placement = placement;
    this.settlement = settlement;
    this.retention = retention;
    this.limits = limits;
  }

  void submit(Transition step, Command.Submit submit) {
    step.reply(submit.reply(), answer(step, submit));
  }

  void cancel(Transition step, Command.Cancel cancel) {
    step.reply(
        cancel.reply(),
        step.state
            .findTask(cancel.taskId())
            .map(task -> cancel(step, task))
            .orElse(Answer.Cancelled.NOT_FOUND));
  }

  void clear(Transition step, Command.Clear clear) {
    step.reply(clear.reply(), retention.clear(step));
  }

  private Answer.Submitted answer(Transition step, Command.Submit submit) {
    SchedulerState state = step.state;
    Optional<TaskEntry> known = state.findTask(submit.taskId());
    if (known.isPresent()) {
      return new Answer.Accepted(known.get().id, known.get().instanceUuid);
    }
    if (state.instances().isEmpty()) {
      return new Answer.NoInstances();
    }
    if (state.liveTasks() >= limits.maxLiveTasks()) {
      return new Answer.Full(limits.maxLiveTasks() + " tasks are live", retryMs(step, submit));
    }
    if (state.liveBytes() + submit.payload().bytes() > limits.maxLiveBytes()) {
      return new Answer.Full("the inputs of live tasks fill the memory", retryMs(step, submit));
    }
    if (!placement.canPlace(step, submit.model())) {
      return refusal(step, submit);
    }
    return accept(step, submit);
  }

  private Answer.Accepted accept(Transition step, Command.Submit submit) {
    step.raise(
        new Event.TaskAccepted(
            submit.taskId(),
            submit.model(),
            submit.traits(),
            submit.payload(),
            submit.estimates(),
            submit.submitUnix(),
            step.now));
    TaskEntry task = step.state.findTask(submit.taskId()).orElseThrow();
    placement.place(step, task, null);
    return new Answer.Accepted(task.id, task.instanceUuid);
  }

  private static Answer.Submitted refusal(Transition step, Command.Submit submit) {
    boolean onlyFull =
        step.state.pool(submit.model()).stream()
            .flatMap(pool -> pool.instances.stream())
            .anyMatch(InstanceEntry::serves);
    return onlyFull
        ? new Answer.Full(
            "every instance of model type " + submit.model() + " is full", retryMs(step, submit))
        : new Answer.NoAvailableInstance(submit.model());
  }

  /// The shortest forecast wait for the model: by then a place should be free.
  private static double retryMs(Transition step, Command.Submit submit) {
    double shortest =
        step.state.pool(submit.model()).stream()
            .flatMap(pool -> pool.instances.stream())
            .mapToDouble(instance -> instance.forecast.waitingTime(step.now).mean())
            .min()
            .orElse(MOST_RETRY_MS);
    return Math.clamp(shortest, LEAST_RETRY_MS, MOST_RETRY_MS);
  }

  private Answer.Cancelled cancel(Transition step, TaskEntry task) {
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
      settlement.cancel(step, task);
      return Answer.Cancelled.CANCELLED;
    }
    if (!task.cancelRequested) {
      step.raise(new Event.TaskCancelRequested(task.id));
      step.effect(new Effect.Abort(instance.uuid(), task.id, task.attempt));
    }
    return Answer.Cancelled.CANCELLING;
  }
}
