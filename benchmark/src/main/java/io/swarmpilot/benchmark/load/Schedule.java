package io.swarmpilot.benchmark.load;

/// When the requests of a run are due, in order. For one thread.
public interface Schedule {
  /// Comes after the last request.
  long NONE = Long.MAX_VALUE;

  /// When the next request is due, ns after the start of the run; [#NONE] when there is none.
  long next();
}
