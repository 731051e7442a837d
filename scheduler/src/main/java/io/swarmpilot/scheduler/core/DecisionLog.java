package io.swarmpilot.scheduler.core;

/// Placeholder.
final class DecisionLog {
  void record(
      ModelPool pool,
      GuardedPolicy policy,
      TaskEntry task,
      CandidateTable candidates,
      int chosen) {}
}
