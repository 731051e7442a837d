package io.swarmpilot.benchmark.measure;

import java.time.Duration;

/// The part of a run that is measured, ns after the start of the run.
///
/// @param from its begin: the end of the warm-up
/// @param until its end, not included
public record Window(long from, long until) {
  private static final double NANOS_PER_S = 1e9;

  /// Refuses one that ends before it begins.
  public Window {
    if (from < 0 || until < from) {
      throw new IllegalArgumentException("a window from " + from + " to " + until);
    }
  }

  /// The window after a warm-up.
  public static Window after(Duration warmup, Duration duration) {
    return new Window(warmup.toNanos(), warmup.plus(duration).toNanos());
  }

  boolean contains(long nanos) {
    return nanos >= from && nanos < until;
  }

  /// How much of it is past at a time, s.
  double secondsUntil(long now) {
    return Math.max(0, Math.min(now, until) - from) / NANOS_PER_S;
  }
}
