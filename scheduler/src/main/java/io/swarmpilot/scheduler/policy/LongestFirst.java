package io.swarmpilot.scheduler.policy;

/// The longest first, so that a batch of tasks is done soonest: no long task is left to run alone
/// at the end. Waits are long on the average; `srpt` is the opposite. Source: Graham 1969.
///
/// It ages: the key is the arrival less 100 times the predicted time. A task is overtaken only by
/// tasks that arrive within 100 times what they are predicted to take longer.
public final class LongestFirst implements FirstCompletion {
  private static final double TIME_WEIGHT = 100;

  @Override
  public String name() {
    return "longest_first";
  }

  @Override
  public double order(WaitingTask task, PoolView pool) {
    return task.arrivalMs() - TIME_WEIGHT * task.executionTime().mean();
  }
}
