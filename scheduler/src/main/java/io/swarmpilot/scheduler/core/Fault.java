package io.swarmpilot.scheduler.core;

/// What happened when a task failed, for people and programs. Where [Outcome.FailureKind] decides
/// what is done next, this says what to look at.
public enum Fault {
  /// The input was not taken.
  INVALID_INPUT,
  /// No engine was reached.
  UNREACHABLE,
  /// It took too long.
  TIMEOUT,
  /// The engine did not take it.
  REFUSED,
  /// Replica, engine or instance was lost while it ran.
  CRASHED,
  /// It was stopped on request.
  CANCELLED,
  /// The engine took it and failed.
  FAILED,
  /// The result is larger than may be kept.
  TOO_LARGE,
  /// It could not meet its objective any more.
  SHED,
  /// No instance took it in time.
  NO_INSTANCE;

  /// What a kind of failure means when nothing more is said.
  public static Fault of(Outcome.FailureKind kind) {
    return switch (kind) {
      case FINAL -> FAILED;
      case INVALID -> INVALID_INPUT;
      case LOST -> CRASHED;
      case CANCELLED -> CANCELLED;
    };
  }
}
