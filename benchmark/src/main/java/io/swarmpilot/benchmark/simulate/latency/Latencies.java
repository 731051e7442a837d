package io.swarmpilot.benchmark.simulate.latency;

/// How fast models run on kinds of hardware.
@FunctionalInterface
public interface Latencies {
  /// The times of a model on a kind of hardware.
  ///
  /// @throws io.swarmpilot.benchmark.simulate.trace.TraceException when there are none
  HardwareLatency of(String model, String hardware);
}
