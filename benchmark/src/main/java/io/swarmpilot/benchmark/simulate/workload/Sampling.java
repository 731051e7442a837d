package io.swarmpilot.benchmark.simulate.workload;

/// How tasks are taken from a trace.
public enum Sampling {
  /// In blocks drawn at random, without the slow changes of the rate.
  RESAMPLED,
  /// As they came.
  REPLAYED,
  /// Drawn at random, all at once.
  BURST
}
