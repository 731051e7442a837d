package io.swarmpilot.predictor.table;

/// A lookup table that cannot be used; the message is for the caller.
public final class TableException extends Exception {
  private static final long serialVersionUID = 1;

  TableException(String message) {
    super(message, null, false, false);
  }

  /// Why the table cannot be used.
  public String message() {
    return String.valueOf(getMessage());
  }
}
