package io.swarmpilot.scheduler.policy;

import java.util.random.RandomGenerator;

/// Takes the instances of a model in turn. Source: the seeds.
public final class RoundRobin implements EarlyPolicy {
  @Override
  public String name() {
    return "round_robin";
  }

  /// Places from its turn.
  @Override
  public double score(WaitingTask task, Candidates candidates, int index, PoolView pool) {
    int start = Rotation.start(candidates);
    return index >= start ? index - start : index - start + candidates.size();
  }

  @Override
  public int select(
      WaitingTask task, Candidates candidates, PoolView pool, RandomGenerator random) {
    return Rotation.start(candidates);
  }

  @Override
  public boolean needsWholeFleet() {
    return true;
  }
}
