package io.swarmpilot.scheduler.policy;

/// The instances of one model and what waits for them, as a policy sees them. Valid during one
/// call.
public interface PoolView {
  /// The moment, ms of the scheduler's monotonic clock.
  double nowMs();

  /// Tasks in the central queue.
  int queued();

  /// Those of them that are CRITICAL or HIGH.
  int queuedUrgent();

  /// Those of them that have an objective.
  int queuedWithSlo();

  /// Tasks that can run at the same moment, over all instances that serve.
  int slots();

  /// Mean of [Candidates#load] over all instances that serve, busy ones included; 0 when none does.
  double load();

  /// How well predictions have told short executions from long ones lately: 0 not at all, 1
  /// perfectly. 1 while too few have been seen.
  double predictorSkill();
}
