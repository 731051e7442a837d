package io.swarmpilot.benchmark.orchestrate;

import io.swarmpilot.benchmark.controller.ClusterMetrics;
import java.time.Duration;

/// How a run is going.
///
/// @param name the run
/// @param number which of the runs, from 1
/// @param runs how many there are
/// @param elapsed time since it started
/// @param length how long it drives load
/// @param metrics what was measured until now
public record RunProgress(
    String name, int number, int runs, Duration elapsed, Duration length, ClusterMetrics metrics) {
  /// Share of its time that is past, 0 to 1.
  public double done() {
    return length.isZero() ? 1 : Math.clamp((double) elapsed.toNanos() / length.toNanos(), 0, 1);
  }
}
