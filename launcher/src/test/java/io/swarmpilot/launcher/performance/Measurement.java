package io.swarmpilot.launcher.performance;

import org.HdrHistogram.AbstractHistogram;

/// What one run of an operation gave.
///
/// @param name what was run
/// @param rate operations per second
/// @param cpuMicros CPU time of the whole process per operation, µs
/// @param p50Millis median latency, ms
/// @param p99Millis 99th percentile of the latency, ms
record Measurement(String name, double rate, double cpuMicros, double p50Millis, double p99Millis) {
  static Measurement of(
      String name, long operations, double seconds, long cpuNanos, AbstractHistogram latencies) {
    return new Measurement(
        name,
        operations / seconds,
        cpuNanos / 1e3 / operations,
        latencies.getValueAtPercentile(50) / 1e6,
        latencies.getValueAtPercentile(99) / 1e6);
  }
}
