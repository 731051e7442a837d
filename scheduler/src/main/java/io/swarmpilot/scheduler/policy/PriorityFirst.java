package io.swarmpilot.scheduler.policy;

/// The more urgent priority first, within one first come, first served. CRITICAL and HIGH tasks
/// take the fastest instance, the others the least loaded one. Source: the seeds' `PriorityPolicy`.
///
/// An instance whose response time is unknown is never the fastest; where all are unknown they take
/// turns.
public final class PriorityFirst implements Policy {
  @Override
  public String name() {
    return "priority";
  }

  @Override
  public double score(WaitingTask task, Candidates candidates, int index, PoolView pool) {
    return task.priority().isUrgent() ? candidates.latencyMean(index) : candidates.load(index);
  }

  @Override
  public Explanation explain(WaitingTask task, Candidates candidates, int chosen, PoolView pool) {
    return Explanation.of(
        "Priority "
            + task.priority()
            + (task.priority().isUrgent() ? ": fastest instance" : ": least loaded instance"));
  }
}
