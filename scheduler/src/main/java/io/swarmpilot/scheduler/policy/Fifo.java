package io.swarmpilot.scheduler.policy;

/// First come, first served, on the least loaded instance. Source: the seeds' `FIFOPolicy`.
public final class Fifo implements Policy {
  @Override
  public String name() {
    return "fifo";
  }

  @Override
  public int band(WaitingTask task) {
    return 0;
  }

  @Override
  public boolean sharesFairly() {
    return false;
  }

  @Override
  public double score(WaitingTask task, Candidates candidates, int index, PoolView pool) {
    return candidates.load(index);
  }

  @Override
  public Explanation explain(WaitingTask task, Candidates candidates, int chosen, PoolView pool) {
    return Explanation.of("FIFO: least loaded instance");
  }
}
