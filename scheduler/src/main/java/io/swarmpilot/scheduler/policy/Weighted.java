package io.swarmpilot.scheduler.policy;

/// Averse to risk: takes the instance with the least expected wait plus half its standard
/// deviation. Source: the seeds; the weight is ours.
public final class Weighted implements EarlyPolicy {
  private static final double ERROR_WEIGHT = 0.5;

  @Override
  public String name() {
    return "weighted";
  }

  @Override
  public double score(WaitingTask task, Candidates candidates, int index, PoolView pool) {
    return candidates.waitMean(index) + ERROR_WEIGHT * candidates.waitError(index);
  }
}
