package io.swarmpilot.benchmark.simulate.trace;

/// A trace or table that cannot be used: a sentence that names the file and the row.
public final class TraceException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /// The sentence.
  public TraceException(String message) {
    super(message);
  }

  /// The sentence, and what led to it.
  public TraceException(String message, Throwable cause) {
    super(message, cause);
  }

  /// What is wrong with a row.
  ///
  /// @param row number of the row in its file, the first line is 1
  public static TraceException at(String file, long row, String wrong) {
    return new TraceException(file + ", row " + row + ": " + wrong);
  }
}
