package io.swarmpilot.benchmark.monitor;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One machine at one moment.
///
/// @param time when
/// @param gpus its GPUs in the order of their indices; empty when they are not sampled
/// @param cpuPercent share of all processors that was busy since the reading before, 0 to 100; null
///   when it is not sampled, and in the first reading
/// @param ramUsedMb memory in use, MiB; null when it is not sampled
public record Reading(
    Instant time, List<GpuReading> gpus, @Nullable Double cpuPercent, @Nullable Double ramUsedMb) {
  /// Copies the list.
  public Reading {
    gpus = List.copyOf(gpus);
  }
}
