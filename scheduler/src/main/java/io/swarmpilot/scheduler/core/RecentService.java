package io.swarmpilot.scheduler.core;

/// What an instance, or all of a model, took lately: exponential means, the first value counting
/// whole. Source: the seeds' `avg_latency_ms`, α = 0.1.
final class RecentService {
  private static final double ALPHA = 0.1;

  private double latencyMs = Double.NaN;
  private double tokensPerSecond;

  /// Mean time from being placed to its end, ms; NaN before the first.
  double latencyMs() {
    return latencyMs;
  }

  /// Mean rate of tokens; 0 while unknown.
  double tokensPerSecond() {
    return tokensPerSecond;
  }

  void completed(double ms, int tokens, double executionMs) {
    latencyMs = Double.isNaN(latencyMs) ? ms : latencyMs + ALPHA * (ms - latencyMs);
    if (tokens > 0 && executionMs > 0) {
      double rate = 1_000 * tokens / executionMs;
      tokensPerSecond =
          tokensPerSecond == 0 ? rate : tokensPerSecond + ALPHA * (rate - tokensPerSecond);
    }
  }
}
