package io.swarmpilot.benchmark.monitor;

import org.jspecify.annotations.Nullable;

/// One GPU at one moment.
///
/// @param utilPercent share of the time in which a kernel ran, 0 to 100; null where the device does
///   not tell, as under MIG
/// @param memoryUsedMb memory in use, MiB; null where the device does not tell
public record GpuReading(@Nullable Double utilPercent, @Nullable Double memoryUsedMb) {
  /// What is not known.
  static final GpuReading UNKNOWN = new GpuReading(null, null);
}
