package io.swarmpilot.predictor.trace;

/// A trace that breaks a rule; the message is for the caller.
public final class TraceException extends Exception {
  private static final long serialVersionUID = 1;

  private final String field;

  /// Says what is wrong.
  ///
  /// @param field path of the member that is wrong
  public TraceException(String field, String message) {
    super(message, null, false, false);
    this.field = field;
  }

  /// Path of the member that is wrong.
  public String field() {
    return field;
  }

  /// What is wrong with it.
  public String message() {
    return String.valueOf(getMessage());
  }
}
