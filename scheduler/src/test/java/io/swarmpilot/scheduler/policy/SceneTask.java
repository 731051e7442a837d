package io.swarmpilot.scheduler.policy;

import com.google.common.primitives.ImmutableLongArray;
import io.swarmpilot.scheduler.forecast.ExecutionTime;

/// A task of a test.
record SceneTask(
    String taskId,
    long sequence,
    double arrivalMs,
    Priority priority,
    double sloMs,
    double costBudget,
    int maxTokens,
    int inputTokens,
    boolean sheddable,
    ExecutionTime executionTime,
    ImmutableLongArray prefix)
    implements WaitingTask {
  /// A NORMAL one without objective.
  static SceneTask arriving(double arrivalMs) {
    return new SceneTask(
        "task-" + arrivalMs,
        (long) arrivalMs,
        arrivalMs,
        Priority.NORMAL,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        0,
        0,
        false,
        ExecutionTime.of(100, 20),
        ImmutableLongArray.of());
  }

  SceneTask with(Priority other) {
    return new SceneTask(
        taskId,
        sequence,
        arrivalMs,
        other,
        sloMs,
        costBudget,
        maxTokens,
        inputTokens,
        sheddable,
        executionTime,
        prefix);
  }

  SceneTask withSlo(double ms) {
    return new SceneTask(
        taskId,
        sequence,
        arrivalMs,
        priority,
        ms,
        costBudget,
        maxTokens,
        inputTokens,
        sheddable,
        executionTime,
        prefix);
  }

  SceneTask withCost(double budget, int tokens) {
    return new SceneTask(
        taskId,
        sequence,
        arrivalMs,
        priority,
        sloMs,
        budget,
        tokens,
        inputTokens,
        sheddable,
        executionTime,
        prefix);
  }

  SceneTask withInputTokens(int tokens) {
    return new SceneTask(
        taskId,
        sequence,
        arrivalMs,
        priority,
        sloMs,
        costBudget,
        maxTokens,
        tokens,
        sheddable,
        executionTime,
        prefix);
  }

  SceneTask withExecution(ExecutionTime time) {
    return new SceneTask(
        taskId,
        sequence,
        arrivalMs,
        priority,
        sloMs,
        costBudget,
        maxTokens,
        inputTokens,
        sheddable,
        time,
        prefix);
  }

  SceneTask thatMayBeShed() {
    return new SceneTask(
        taskId,
        sequence,
        arrivalMs,
        priority,
        sloMs,
        costBudget,
        maxTokens,
        inputTokens,
        true,
        executionTime,
        prefix);
  }

  SceneTask withPrefix(long... hashes) {
    return new SceneTask(
        taskId,
        sequence,
        arrivalMs,
        priority,
        sloMs,
        costBudget,
        maxTokens,
        inputTokens,
        sheddable,
        executionTime,
        ImmutableLongArray.copyOf(hashes));
  }
}
