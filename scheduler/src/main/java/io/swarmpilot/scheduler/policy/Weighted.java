package io.swarmpilot.scheduler.policy;

import java.util.random.RandomGenerator;

/// Averse to risk: takes the instance with the least expected wait plus half its standard
/// deviation.
public final class Weighted implements Policy {
  private static final double ERROR_WEIGHT = 0.5;

  @Override
  public String name() {
    return "weighted";
  }

  @Override
  public int select(Candidates candidates, RandomGenerator random) {
    return LeastScore.of(candidates, ERROR_WEIGHT);
  }
}
