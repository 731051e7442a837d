package io.swarmpilot.scheduler.core;

/// Where a task is in its life.
public enum TaskStatus {
  /// Accepted, waiting for an instance.
  QUEUED,
  /// Given to an instance, waiting or running there.
  SCHEDULED,
  /// Ended, well or badly.
  COMPLETED
}
