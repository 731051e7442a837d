package io.swarmpilot.scheduler.forecast;

/// Mean and variance of a time.
///
/// @param mean ms
/// @param variance ms²
public record Moments(double mean, double variance) {
  /// No time at all, for certain.
  public static final Moments ZERO = new Moments(0, 0);

  /// Standard deviation, ms.
  public double error() {
    return Math.sqrt(Math.max(0, variance));
  }
}
