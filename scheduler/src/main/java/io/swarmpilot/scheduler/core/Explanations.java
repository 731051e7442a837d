package io.swarmpilot.scheduler.core;

import com.google.common.collect.ImmutableList;
import io.swarmpilot.scheduler.core.TaskExplanation.Outlook;
import java.util.Optional;

/// Tells what was decided about tasks, and what those that wait wait for.
final class Explanations {
  private static final double NANOS_PER_MS = 1e6;

  private final DecisionLog decisions;

  Explanations(DecisionLog decisions) {
    this.decisions = decisions;
  }

  void explain(Transition step, Command.Explain command) {
    step.reply(
        command.reply(), step.state.findTask(command.taskId()).map(task -> explain(step, task)));
  }

  private TaskExplanation explain(Transition step, TaskEntry task) {
    return new TaskExplanation(
        task.snapshot(),
        task.losses.size(),
        decisions.of(task).stream()
            .map(decision -> decision.attempt(task))
            .collect(ImmutableList.toImmutableList()),
        task.status == TaskStatus.QUEUED
            ? step.state.pool(task.model).map(pool -> outlook(step, pool, task))
            : Optional.empty());
  }

  private static Outlook outlook(Transition step, ModelPool pool, TaskEntry task) {
    return new Outlook(
        pool.queued(),
        (step.now - task.acceptedAt) / NANOS_PER_MS,
        pool.waits.ofNewTask(pool.slots(), step.now),
        pool.slots());
  }
}
