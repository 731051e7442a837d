package io.swarmpilot.scheduler.policy;

import java.util.random.RandomGenerator;

/// Draws two different instances and takes the one with fewer tasks for its slots, at submission as
/// load balancers do. For schedulers that share a fleet without seeing each other's decisions; one
/// that sees them all places better by looking at every instance.
public final class PowerOfTwo implements EarlyPolicy {
  @Override
  public String name() {
    return "power_of_two";
  }

  /// Tasks a slot.
  @Override
  public double score(WaitingTask task, Candidates candidates, int index, PoolView pool) {
    return LeastRequests.tasksPerSlot(candidates, index);
  }

  @Override
  public int select(
      WaitingTask task, Candidates candidates, PoolView pool, RandomGenerator random) {
    int size = candidates.size();
    int first = random.nextInt(size);
    if (size == 1) {
      return first;
    }
    int second = random.nextInt(size - 1);
    if (second >= first) {
      second++;
    }
    double firstScore = Rotation.orInfinity(LeastRequests.tasksPerSlot(candidates, first));
    double secondScore = Rotation.orInfinity(LeastRequests.tasksPerSlot(candidates, second));
    return secondScore < firstScore ? second : first;
  }

  @Override
  public boolean needsWholeFleet() {
    return true;
  }

  @Override
  public Explanation explain(WaitingTask task, Candidates candidates, int chosen, PoolView pool) {
    return Explanation.of("power_of_two: fewer tasks a slot than another one drawn at random");
  }
}
