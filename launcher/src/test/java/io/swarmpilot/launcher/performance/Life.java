package io.swarmpilot.launcher.performance;

import io.swarmpilot.proto.scheduler.v1.Task;

/// A task that was executed, and the wait that was foretold just before it was submitted.
///
/// @param expectMs expected wait of a task submitted then, ms
/// @param errorMs standard deviation of that wait, ms
/// @param task the task, completed
record Life(double expectMs, double errorMs, Task task) {
  /// Whether it was foretold to wait: no slot was free.
  boolean waits() {
    return expectMs > 0;
  }

  /// Whether the actual wait lay within so many of the stated standard deviations.
  boolean waitsWithin(double deviations) {
    return Math.abs(waitDifferenceMs()) <= deviations * errorMs;
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
