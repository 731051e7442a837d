package io.swarmpilot.scheduler.policy;

/// First come, first served, on the instance expected to complete the task first.
public final class MinCompletion implements FirstCompletion {
  @Override
  public String name() {
    return "min_completion";
  }
}
