package io.swarmpilot.scheduler.core;

import io.swarmpilot.scheduler.forecast.ExecutionTime;

/// How long a task is expected to execute.
///
/// @param time the distribution
/// @param method where it came from: "model", "live", "lookup", "metadata", "statistics" or "prior"
/// @param fallback whether it stands in for a predictor that did not answer well or could not tell
public record Estimate(ExecutionTime time, String method, boolean fallback) {
  /// An estimate as it was asked for.
  public Estimate(ExecutionTime time, String method) {
    this(time, method, false);
  }
}
