package io.swarmpilot.predictor.trace;

/// Takes the rows of a list of traces as they are read.
@FunctionalInterface
public interface RowSink {
  /// Takes a row.
  ///
  /// @param path path of the row, for naming what is wrong with it
  /// @throws TraceException when it breaks a rule; it is noted, and the next row comes
  void take(Trace row, String path) throws TraceException;
}
