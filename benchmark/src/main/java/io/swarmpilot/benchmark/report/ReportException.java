package io.swarmpilot.benchmark.report;

/// A file that is no report, in a sentence.
public final class ReportException extends Exception {
  private static final long serialVersionUID = 1;

  /// Why.
  public ReportException(String message) {
    super(message, null, false, false);
  }
}
