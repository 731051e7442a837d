package io.swarmpilot.benchmark.monitor;

import com.google.common.collect.ImmutableMap;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The columns of the CSV (seed "Monitor", CSV Output Format), which follow from what is sampled.
///
/// @param metrics what is sampled
/// @param gpus GPUs of the machine
record Columns(Set<Metric> metrics, int gpus) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss");

  Columns {
    metrics = Set.copyOf(metrics);
  }

  /// The header, without an end of line.
  String header() {
    List<String> names = new ArrayList<>(List.of("timestamp"));
    for (int gpu = 0; gpu < gpusShown(); gpu++) {
      names.add(util(gpu));
      names.add(memory(gpu));
    }
    if (metrics.contains(Metric.CPU)) {
      names.add("cpu_percent");
    }
    if (metrics.contains(Metric.RAM)) {
      names.add("ram_used_MB");
    }
    return String.join(",", names);
  }

  /// A row, without an end of line. What is not known is empty.
  String row(Reading reading, ZoneId zone) {
    List<String> cells = new ArrayList<>(List.of(timestamp(reading.time(), zone)));
    for (int gpu = 0; gpu < gpusShown(); gpu++) {
      GpuReading seen = at(reading, gpu);
      cells.add(cell(seen.utilPercent(), 1));
      cells.add(cell(seen.memoryUsedMb(), 0));
    }
    if (metrics.contains(Metric.CPU)) {
      cells.add(cell(reading.cpuPercent(), 1));
    }
    if (metrics.contains(Metric.RAM)) {
      cells.add(cell(reading.ramUsedMb(), 0));
    }
    return String.join(",", cells);
  }

  /// The same by name; what is not known is left out.
  ImmutableMap<String, Object> values(Reading reading, ZoneId zone) {
    ImmutableMap.Builder<String, Object> values = ImmutableMap.builder();
    values.put("timestamp", timestamp(reading.time(), zone));
    for (int gpu = 0; gpu < gpusShown(); gpu++) {
      put(util(gpu), at(reading, gpu).utilPercent(), values);
      put(memory(gpu), at(reading, gpu).memoryUsedMb(), values);
    }
    put("cpu_percent", reading.cpuPercent(), values);
    put("ram_used_MB", reading.ramUsedMb(), values);
    return values.buildOrThrow();
  }

  private int gpusShown() {
    return metrics.contains(Metric.GPU) ? gpus : 0;
  }

  private static GpuReading at(Reading reading, int gpu) {
    return gpu < reading.gpus().size() ? reading.gpus().get(gpu) : GpuReading.UNKNOWN;
  }

  private static void put(
      String name, @Nullable Double value, ImmutableMap.Builder<String, Object> into) {
    if (value != null) {
      into.put(name, value);
    }
  }

  private static String timestamp(Instant time, ZoneId zone) {
    return TIME.format(time.atZone(zone));
  }

  private static String cell(@Nullable Double value, int decimals) {
    return value == null ? "" : String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  private static String util(int gpu) {
    return "gpu" + gpu + "_util";
  }

  private static String memory(int gpu) {
    return "gpu" + gpu + "_mem_used";
  }
}
