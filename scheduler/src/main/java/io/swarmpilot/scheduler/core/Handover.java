package io.swarmpilot.scheduler.core;

/// How long an idle instance takes to start what it is given, against how long tasks execute. Where
/// the first is no small part of the second, an instance is given tasks ahead, so that it does not
/// stand idle between two.
///
/// Source: our simulations: binding ahead costs more than it gains while the hand-over takes less
/// than 5 % of an execution.
final class Handover {
  private static final double WORTHWHILE = 0.05;
  private static final double FORGETTING = 0.05;
  private static final int LEAST_SEEN = 20;

  private double handoverMs;
  private double executionMs;
  private int handovers;
  private int executions;

  /// An idle instance started a task so long after it was placed.
  void started(double ms) {
    handoverMs = blend(handoverMs, ms, handovers);
    handovers = Math.min(handovers + 1, LEAST_SEEN);
  }

  /// A task executed so long.
  void executed(double ms) {
    executionMs = blend(executionMs, ms, executions);
    executions = Math.min(executions + 1, LEAST_SEEN);
  }

  /// Mean execution time, ms; 0 before the first.
  double executionMs() {
    return executionMs;
  }

  /// Tasks to give an instance beyond its slots.
  int lookAhead(int most) {
    if (Math.min(handovers, executions) < LEAST_SEEN || handoverMs <= WORTHWHILE * executionMs) {
      return 0;
    }
    return (int) Math.min(most, Math.ceil(handoverMs / Math.max(executionMs, 1e-6)));
  }

  private static double blend(double mean, double value, int seen) {
    double share = Math.max(FORGETTING, 1.0 / (seen + 1));
    return mean + share * (value - mean);
  }
}
