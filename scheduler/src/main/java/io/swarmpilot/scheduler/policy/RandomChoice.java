package io.swarmpilot.scheduler.policy;

import java.util.random.RandomGenerator;

/// Draws an instance at submission; all are equally likely. What others are to be measured against.
public final class RandomChoice implements EarlyPolicy {
  @Override
  public String name() {
    return "random";
  }

  /// The same for all.
  @Override
  public double score(WaitingTask task, Candidates candidates, int index, PoolView pool) {
    return 0;
  }

  @Override
  public int select(
      WaitingTask task, Candidates candidates, PoolView pool, RandomGenerator random) {
    return random.nextInt(candidates.size());
  }

  @Override
  public boolean needsWholeFleet() {
    return true;
  }

  @Override
  public Explanation explain(WaitingTask task, Candidates candidates, int chosen, PoolView pool) {
    return Explanation.of("random: drawn, all equally likely");
  }
}
