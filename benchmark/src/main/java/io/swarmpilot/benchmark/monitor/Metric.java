package io.swarmpilot.benchmark.monitor;

import com.google.common.base.Ascii;
import java.util.Arrays;
import java.util.stream.Collectors;

/// What a monitor can sample.
public enum Metric {
  /// Utilisation and memory of every NVIDIA GPU, as `nvidia-smi` tells them.
  GPU,
  /// Share of all processors that is busy.
  CPU,
  /// Memory in use.
  RAM;

  /// The metric of a name such as "gpu".
  ///
  /// @throws IllegalArgumentException naming what there is, when there is no such metric
  public static Metric of(String name) {
    return Arrays.stream(values())
        .filter(metric -> metric.label().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("metrics: no '" + name + "', only " + labels()));
  }

  /// Whether there is a metric of that name.
  public static boolean exists(String name) {
    return Arrays.stream(values()).anyMatch(metric -> metric.label().equals(name));
  }

  /// Its name.
  public String label() {
    return Ascii.toLowerCase(name());
  }

  private static String labels() {
    return Arrays.stream(values()).map(Metric::label).collect(Collectors.joining(", "));
  }
}
