package io.swarmpilot.scheduler.policy;

/// Takes the instance where the task is expected to start first; then the surest, then the one with
/// the fewest tasks. Source: the seeds.
public final class ShortestQueue implements EarlyPolicy {
  @Override
  public String name() {
    return "shortest_queue";
  }

  @Override
  public double score(WaitingTask task, Candidates candidates, int index, PoolView pool) {
    return candidates.waitMean(index);
  }
}
