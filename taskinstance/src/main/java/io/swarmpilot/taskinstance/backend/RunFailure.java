package io.swarmpilot.taskinstance.backend;

/// Why a task failed, in a sentence for its owner. Carries no stack trace: it describes the task.
public final class RunFailure extends Exception {
  private static final long serialVersionUID = 1;

  private final Kind kind;
  private final Fault fault;

  /// A failure of a kind; the message holds no internals.
  public RunFailure(Kind kind, String message) {
    this(kind, Fault.of(kind), message);
  }

  /// A failure of a kind of which it is known what happened; the message holds no internals.
  public RunFailure(Kind kind, Fault fault, String message) {
    super(message, null, false, false);
    this.kind = kind;
    this.fault = fault;
  }

  /// The input is at fault; the message begins with the field.
  public static RunFailure invalidInput(String field, String message) {
    return new RunFailure(Kind.INVALID_INPUT, field + ": " + message);
  }

  /// The task was stopped on request.
  public static RunFailure cancelled() {
    return new RunFailure(Kind.CANCELLED, "cancelled");
  }

  /// Who or what is at fault.
  public Kind kind() {
    return kind;
  }

  /// What happened.
  public Fault fault() {
    return fault;
  }

  /// The sentence.
  public String message() {
    return String.valueOf(getMessage());
  }

  /// Who or what is at fault, and so whether another attempt makes sense.
  public enum Kind {
    /// The input: another attempt would fail as well.
    INVALID_INPUT,
    /// The model failed on it: another attempt would most likely fail as well.
    EXECUTION,
    /// The replica or its engine was lost: another attempt may succeed.
    REPLICA_LOST,
    /// It was stopped on request.
    CANCELLED
  }
}
