package io.swarmpilot.scheduler.core;

/// How an execution ended.
public sealed interface Outcome {
  /// Time it executed, ms; 0 when it never started.
  double executionMs();

  /// Replica that ran it, or "".
  String replica();

  /// It succeeded.
  ///
  /// @param result what the model answered
  /// @param executionMs time it executed
  /// @param replica replica that ran it, or ""
  record Succeeded(Payload result, double executionMs, String replica) implements Outcome {}

  /// It failed or was stopped.
  ///
  /// @param kind why, as far as it decides what to do next
  /// @param message the same in words
  /// @param executionMs time it executed
  /// @param replica replica that ran it, or ""
  record Failed(FailureKind kind, String message, double executionMs, String replica)
      implements Outcome {}

  /// What a failure means for the task.
  enum FailureKind {
    /// The model failed on it: another attempt would most likely fail as well.
    FINAL,
    /// Its input is at fault: another attempt would fail as well.
    INVALID,
    /// The replica or its engine was lost: another attempt may succeed.
    LOST,
    /// It was stopped on request.
    CANCELLED
  }
}
