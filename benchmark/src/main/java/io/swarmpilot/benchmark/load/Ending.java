package io.swarmpilot.benchmark.load;

/// Why a run came to its end.
public enum Ending {
  /// Its time was over.
  DURATION,
  /// All its requests had started: so many were wanted, or the trace had no more.
  REQUESTS,
  /// Somebody stopped it.
  STOPPED,
  /// Too many requests failed.
  ERRORS,
  /// The server fell further and further behind.
  SATURATED
}
