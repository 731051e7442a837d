package io.swarmpilot.scheduler.core;

/// How an execution ended.
public sealed interface Outcome {
  /// Time it executed, ms; 0 when it never started.
  double executionMs();

  /// Replica that ran it, or "".
  String replica();

  /// What it put out, in numbers.
  OutputFigures output();

  /// It succeeded.
  ///
  /// @param result what the model answered
  /// @param executionMs time it executed
  /// @param replica replica that ran it, or ""
  /// @param output what it put out
  record Succeeded(Payload result, double executionMs, String replica, OutputFigures output)
      implements Outcome {
    /// A success that tells nothing of what it put out before its end.
    public Succeeded(Payload result, double executionMs, String replica) {
      this(result, executionMs, replica, OutputFigures.NONE);
    }
  }

  /// It failed or was stopped.
  ///
  /// @param kind why, as far as it decides what to do next
  /// @param fault what happened
  /// @param message the same in words
  /// @param executionMs time it executed
  /// @param replica replica that ran it, or ""
  /// @param output what it put out before
  record Failed(
      FailureKind kind,
      Fault fault,
      String message,
      double executionMs,
      String replica,
      OutputFigures output)
      implements Outcome {
    /// A failure of which no more is known than its kind.
    public Failed(FailureKind kind, String message, double executionMs, String replica) {
      this(kind, Fault.of(kind), message, executionMs, replica, OutputFigures.NONE);
    }

    /// A failure of a task that was not executing.
    static Failed idle(FailureKind kind, Fault fault, String message) {
      return new Failed(kind, fault, message, 0, "", OutputFigures.NONE);
    }
  }

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
