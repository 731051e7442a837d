package io.swarmpilot.scheduler.core;

import io.swarmpilot.scheduler.core.Effect.TaskChange;
import io.swarmpilot.scheduler.policy.Admission;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Accepts tasks, or says why not; stops and forgets them.
final class Submissions {
  private static final double LEAST_RETRY_MS = 50;
  private static final double MOST_RETRY_MS = 60_000;
  private static final double JITTER = 0.5;

  private final Settlement settlement;
  private final Retention retention;
  private final Limits limits;
  private final RandomGenerator random;

  Submissions(Settlement settlement, Retention retention, Limits limits, RandomGenerator random) {
    this.random = random;
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
            .map(task -> settlement.stop(step, task, "cancelled"))
            .orElse(Answer.Cancelled.NOT_FOUND));
  }

  void clear(Transition step, Command.Clear clear) {
    step.reply(clear.reply(), retention.clear(step));
  }

  /// Gives the waiting tasks of a model to instances as long as one can take them.
  void placeWaiting(Transition step, String model) {
    settlement.placeWaiting(step, model);
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
    ModelPool pool = state.pool(submit.model()).orElse(null);
    if (pool == null || pool.serving() == 0) {
      return new Answer.NoAvailableInstance(submit.model());
    }
    return fullness(step, pool, submit)
        .<Answer.Submitted>map(bound -> new Answer.Full(bound, retryMs(step, pool)))
        .orElseGet(() -> accept(step, pool, submit));
  }

  /// The bound that the task would exceed, in words, if any.
  private Optional<String> fullness(Transition step, ModelPool pool, Command.Submit submit) {
    String user = submit.traits().user();
    if (step.state.liveTasks() >= limits.maxLiveTasks()) {
      return Optional.of(limits.maxLiveTasks() + " tasks are live");
    }
    if (step.state.liveBytes() + submit.payload().bytes() > limits.maxLiveBytes()) {
      return Optional.of("the inputs of live tasks fill the memory");
    }
    if (!user.isEmpty() && step.state.liveOf(user) >= limits.maxPerUser()) {
      return Optional.of("user " + user + " has " + limits.maxPerUser() + " live tasks");
    }
    if (pool.ready.size() > 0) {
      return Optional.empty();
    }
    if (pool.bindsEarly()) {
      return Optional.of("every instance of model type " + submit.model() + " is full");
    }
    return pool.queued() < limits.maxQueued()
        ? Optional.empty()
        : Optional.of(limits.maxQueued() + " tasks wait for model type " + submit.model());
  }

  private Answer.Submitted accept(Transition step, ModelPool pool, Command.Submit submit) {
    Event.TaskAccepted accepted =
        new Event.TaskAccepted(
            submit.taskId(),
            submit.model(),
            submit.traits(),
            submit.payload(),
            submit.estimates(),
            submit.submitUnix(),
            step.now);
    if (isHopeless(pool, accepted)) {
      return new Answer.Shed(submit.traits().sloMs());
    }
    step.raise(accepted);
    TaskEntry task = step.state.findTask(submit.taskId()).orElseThrow();
    settlement.placeWaiting(step, task.model);
    if (task.status == TaskStatus.QUEUED) {
      step.show(TaskChange.QUEUED, task);
    }
    return new Answer.Accepted(task.id, task.instanceUuid);
  }

  /// Whether a task that may be shed would miss its objective even if it started at once.
  private static boolean isHopeless(ModelPool pool, Event.TaskAccepted accepted) {
    TaskEntry task = new TaskEntry(accepted, Long.MAX_VALUE);
    return task.sheddable()
        && task.hasSlo()
        && pool.policy().admit(task, pool, task.executionTime().exceeds(task.sloMs()))
            == Admission.SHED;
  }

  /// When a place is expected to be free: the time in which one task ends; not the same for
  /// everyone, so that those refused do not come back as one.
  private double retryMs(Transition step, ModelPool pool) {
    double expected = pool.waitMean(step.now) / Math.max(1, pool.queued());
    double jittered = expected * (1 + JITTER * random.nextDouble());
    return Math.clamp(jittered, LEAST_RETRY_MS, MOST_RETRY_MS);
  }
}
