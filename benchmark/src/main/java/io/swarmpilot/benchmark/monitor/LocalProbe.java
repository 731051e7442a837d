package io.swarmpilot.benchmark.monitor;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;
import oshi.hardware.GlobalMemory;

/// Looks at the machine it runs on.
final class LocalProbe implements MachineProbe {
  private static final double MIB = 1 << 20;

  private final Set<Metric> metrics;
  private final CentralProcessor processor;
  private final GlobalMemory memory;
  private final @Nullable NvidiaSmi gpus;
  private long @Nullable [] ticks;

  private LocalProbe(Set<Metric> metrics, @Nullable NvidiaSmi gpus) {
    this.metrics = metrics;
    this.gpus = gpus;
    var hardware = new SystemInfo().getHardware();
    processor = hardware.getProcessor();
    memory = hardware.getMemory();
  }

  /// Starts looking.
  ///
  /// @param interval time between readings, for the tool that is asked about the GPUs
  static LocalProbe open(Set<Metric> metrics, Duration interval) {
    NvidiaSmi gpus =
        metrics.contains(Metric.GPU) ? NvidiaSmi.start(NvidiaSmi.COMMAND, interval) : null;
    return new LocalProbe(metrics, gpus);
  }

  @Override
  public int gpus() {
    return gpus == null ? 0 : gpus.count();
  }

  @Override
  public Reading read(Instant now) {
    return new Reading(
        now,
        gpus == null ? List.of() : gpus.latest(),
        metrics.contains(Metric.CPU) ? cpuPercent() : null,
        metrics.contains(Metric.RAM) ? (memory.getTotal() - memory.getAvailable()) / MIB : null);
  }

  /// Null at first: a share needs two looks.
  private @Nullable Double cpuPercent() {
    long[] before = ticks;
    ticks = processor.getSystemCpuLoadTicks();
    return before == null ? null : 100 * processor.getSystemCpuLoadBetweenTicks(before);
  }

  @Override
  public void close() {
    if (gpus != null) {
      gpus.close();
    }
  }
}
