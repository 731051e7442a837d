package io.swarmpilot.scheduler.policy;

/// A policy that takes the instance expected to complete the task first. It never lets a task wait
/// for a faster instance while a slower one is idle: in our simulations that helped only fleets of
/// which half is four times slower, and only at low load.
interface FirstCompletion extends Policy {
  /// The expected completion, from now, ms.
  @Override
  default double score(WaitingTask task, Candidates candidates, int index, PoolView pool) {
    return Completion.mean(candidates, index);
  }

  @Override
  default Explanation explain(WaitingTask task, Candidates candidates, int chosen, PoolView pool) {
    return Objectives.explanation(
        name() + ": expected to complete first", task, candidates, chosen, pool);
  }
}
