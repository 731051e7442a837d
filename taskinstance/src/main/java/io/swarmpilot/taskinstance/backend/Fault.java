package io.swarmpilot.taskinstance.backend;

/// What happened when a task failed. Where [RunFailure.Kind] says what to do next, this says what
/// to look at.
public enum Fault {
  /// The input was not taken.
  INVALID_INPUT,
  /// The engine could not be reached: nothing was sent to it.
  UNREACHABLE,
  /// It took too long.
  TIMEOUT,
  /// The engine did not take it.
  REFUSED,
  /// The replica or its engine was lost while it ran.
  CRASHED,
  /// It was stopped on request.
  CANCELLED,
  /// The engine took it and failed, or its answer is of no use.
  FAILED,
  /// The result is larger than may be kept.
  TOO_LARGE;

  /// What a kind of failure means when nothing more is said.
  public static Fault of(RunFailure.Kind kind) {
    return switch (kind) {
      case INVALID_INPUT -> INVALID_INPUT;
      case EXECUTION -> FAILED;
      case REPLICA_LOST -> CRASHED;
      case CANCELLED -> CANCELLED;
    };
  }
}
