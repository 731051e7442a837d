package io.swarmpilot.scheduler.policy;

import java.util.random.RandomGenerator;

/// Takes the instance where the task is expected to start first; then the surest, then the one with
/// the fewest tasks.
public final class ShortestQueue implements Policy {
  @Override
  public String name() {
    return "shortest_queue";
  }

  @Override
  public int select(Candidates candidates, RandomGenerator random) {
    return LeastScore.of(candidates, 0);
  }
}
