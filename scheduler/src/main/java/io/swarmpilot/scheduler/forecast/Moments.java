package io.swarmpilot.scheduler.forecast;

/// The first three moments of a time.
///
/// @param mean ms
/// @param variance ms²
/// @param third third central moment, ms³: positive where it is skewed to long times
public record Moments(double mean, double variance, double third) {
  /// No time at all, for certain.
  public static final Moments ZERO = new Moments(0, 0);

  /// Of a time that is as likely to be longer than its mean as to be shorter.
  public Moments(double mean, double variance) {
    this(mean, variance, 0);
  }

  /// Standard deviation, ms.
  public double error() {
    return Math.sqrt(Math.max(0, variance));
  }
}
