package io.swarmpilot.launcher.performance;

import io.swarmpilot.proto.scheduler.v1.Task;

/// A task that was executed, and the wait that was foretold just before it was submitted.
///
/// @param expectMs expected wait of a task submitted then, ms
/// @param errorMs standard deviation of that wait, ms
/// @param task the task, completed
record Life(double expectMs, double errorMs, Task task) {
  /// How far the actual wait lay from the expected one, in the stated standard deviations.
  double waitDeviations() {
    return (task.getWaitTimeMs() - expectMs) / Math.max(1e-9, errorMs);
  }

  /// Actual wait less the expected one, ms.
  double waitDifferenceMs() {
    return task.getWaitTimeMs() - expectMs;
  }

  /// Actual over predicted execution time.
  double executionRatio() {
    return task.getExecutionTimeMs() / task.getPredictedMs();
  }

  /// Difference of predicted and actual execution time, as a share of the actual.
  double executionError() {
    return Math.abs(task.getPredictedMs() - task.getExecutionTimeMs()) / task.getExecutionTimeMs();
  }
}
