package io.swarmpilot.scheduler.policy;

/// When a task would be completed.
final class Completion {
  private Completion() {}

  /// Expected time until the task, given to a candidate now, is completed, ms.
  static double mean(Candidates candidates, int index) {
    return candidates.waitMean(index) + candidates.executionMean(index);
  }
}
