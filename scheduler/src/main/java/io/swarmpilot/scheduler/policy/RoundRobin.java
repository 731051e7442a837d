package io.swarmpilot.scheduler.policy;

import java.util.random.RandomGenerator;

/// Takes the instances of a model in turn.
public final class RoundRobin implements Policy {
  @Override
  public String name() {
    return "round_robin";
  }

  @Override
  public int select(Candidates candidates, RandomGenerator random) {
    return Rotation.start(candidates);
  }
}
