package io.swarmpilot.scheduler.policy;

/// Takes the instance with the fewest tasks for its slots, at submission as load balancers do.
/// Needs no prediction, so its choice also stands in where another policy fails.
public final class LeastRequests implements EarlyPolicy {
  @Override
  public String name() {
    return "least_requests";
  }

  @Override
  public double score(WaitingTask task, Candidates candidates, int index, PoolView pool) {
    return tasksPerSlot(candidates, index);
  }

  /// Tasks not yet finished, for each slot.
  static double tasksPerSlot(Candidates candidates, int index) {
    return (double) candidates.outstanding(index) / candidates.slots(index);
  }
}
