package io.swarmpilot.taskinstance.queue;

/// Why a task of the scheduler was not taken, or was handed back unstarted.
public enum Refusal {
  /// A bound is reached.
  QUEUE_FULL,
  /// No replica runs.
  NO_REPLICA,
  /// Another model runs.
  MODEL_MISMATCH,
  /// The instance is shutting down.
  DRAINING
}
