package io.swarmpilot.scheduler.core;

import java.util.Optional;

/// Takes in what instances say about tasks. Word of any but the current attempt changes nothing.
final class Reports {
  private final Settlement settlement;

  Reports(Settlement settlement) {
    this.settlement = settlement;
  }

  void started(Transition step, Command.Started started) {
    step.state
        .findTask(started.taskId())
        .filter(task -> task.isAt(started.instance(), started.attempt()))
        .filter(task -> task.startedAt == TaskEntry.NEVER)
        .ifPresent(task -> start(step, task, started.replica()));
  }

  void ended(Transition step, Command.Ended ended) {
    step.state
        .findTask(ended.taskId())
        .filter(task -> task.isAt(ended.instance(), ended.attempt()))
        .ifPresent(task -> settlement.settle(step, task, ended.outcome()));
    // Also for an outcome that came too late: the instance need not remember it.
    step.effect(new Effect.Acknowledge(ended.instance(), ended.taskId(), ended.attempt()));
  }

  void refused(Transition step, Command.Refused refused) {
    Optional<TaskEntry> task =
        step.state
            .findTask(refused.taskId())
            .filter(candidate -> candidate.isAt(refused.instance(), refused.attempt()));
    InstanceEntry instance = task.map(found -> found.instance).orElse(null);
    if (task.isEmpty() || instance == null) {
      return;
    }
    if (refused.full()) {
      int held = instance.outstanding.size() - 1;
      instance.connection.room =
          Math.max(instance.slots(), Math.min(held, instance.connection.room));
      instance.connection.roomGrown = step.now;
      step.state.refresh(instance);
    } else {
      // It says it takes nothing; its next status tells when it does again.
      step.raise(new Event.InstanceReported(instance.uuid(), withoutReplicas(instance.status)));
    }
    settlement.handBack(step, task.get(), refused.reason());
  }

  void note(Transition step, Command.Note note) {
    step.reply(note.reply(), answer(step, note));
  }

  static void start(Transition step, TaskEntry task, String replica) {
    step.raise(new Event.TaskStarted(task.id, replica, step.now));
    step.show(Effect.TaskChange.STARTED, task);
    if (task.instance != null) {
      step.touch(task.instance);
    }
  }

  private Answer.Noted answer(Transition step, Command.Note note) {
    if (step.state.instances().stream().noneMatch(entry -> isNamed(entry, note.reporter()))) {
      return Answer.NotedWithout.UNKNOWN_INSTANCE;
    }
    TaskEntry task = step.state.findTask(note.taskId()).orElse(null);
    if (task == null) {
      return Answer.NotedWithout.UNKNOWN_TASK;
    }
    if (task.status == TaskStatus.COMPLETED) {
      return Answer.NotedWithout.ALREADY_COMPLETED;
    }
    if (task.instance == null || !isNamed(task.instance, note.reporter())) {
      return Answer.NotedWithout.NOT_ASSIGNED;
    }
    settlement.settle(step, task, note.outcome());
    return new Answer.NotedCompleted(task.snapshot().totalMs());
  }

  private static boolean isNamed(InstanceEntry instance, String name) {
    return instance.uuid().equals(name) || instance.registration.name().equals(name);
  }

  private static InstanceStatus withoutReplicas(InstanceStatus status) {
    return new InstanceStatus(
        status.model(), 0, status.slots(), status.target(), status.draining(), status.gpus());
  }
}
