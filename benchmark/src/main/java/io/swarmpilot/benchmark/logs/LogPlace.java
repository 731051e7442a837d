package io.swarmpilot.benchmark.logs;

/// A place in a log file.
///
/// @param offset bytes before it, from 0
/// @param head the beginning of the file it is in
public record LogPlace(long offset, Head head) {
  /// The beginning of any file.
  public static final LogPlace BEGINNING = new LogPlace(0, Head.EMPTY);
}
