package io.swarmpilot.scheduler.policy;

/// Takes the instance with the fewest tasks for its slots. Needs no prediction, so it also stands
/// in where another policy fails.
public final class LeastRequests implements Policy {
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
