package io.swarmpilot.benchmark.mock;

import java.time.Duration;

/// A time in which nothing happens: what would, happens at its end.
///
/// @param from after the first request
/// @param length above 0
public record Freeze(Duration from, Duration length) {
  /// Refuses one of no length.
  public Freeze {
    if (from.isNegative() || !length.isPositive()) {
      throw new IllegalArgumentException("a freeze must be above 0 and begin after the start");
    }
  }

  /// When it happens that would at a time, ns after the first request.
  long thaw(long nanos) {
    long begin = from.toNanos();
    long end = begin + length.toNanos();
    return nanos >= begin && nanos < end ? end : nanos;
  }
}
