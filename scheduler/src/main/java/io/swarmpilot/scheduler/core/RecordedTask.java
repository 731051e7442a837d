package io.swarmpilot.scheduler.core;

import com.google.common.primitives.ImmutableLongArray;
import io.swarmpilot.scheduler.forecast.ExecutionTime;
import io.swarmpilot.scheduler.policy.Priority;
import io.swarmpilot.scheduler.policy.WaitingTask;

/// A task as it was when a decision was made: a completed one does not know its prediction any
/// more.
///
/// @param task the task
/// @param executionTime how long it was expected to execute
record RecordedTask(TaskEntry task, ExecutionTime executionTime) implements WaitingTask {
  @Override
  public String taskId() {
    return task.id;
  }

  @Override
  public long sequence() {
    return task.sequence;
  }

  @Override
  public double arrivalMs() {
    return task.arrivalMs();
  }

  @Override
  public Priority priority() {
    return task.priority();
  }

  @Override
  public double sloMs() {
    return task.sloMs();
  }

  @Override
  public double costBudget() {
    return task.costBudget();
  }

  @Override
  public int maxTokens() {
    return task.maxTokens();
  }

  @Override
  public int inputTokens() {
    return task.inputTokens();
  }

  @Override
  public boolean sheddable() {
    return task.sheddable();
  }

  @Override
  public ImmutableLongArray prefix() {
    return task.prefix();
  }
}
