package io.swarmpilot.scheduler.forecast;

/// The standard normal distribution.
final class Normal {
  private static final double ROOT_TWO_PI = Math.sqrt(2 * Math.PI);

  private Normal() {}

  /// The probability that it is at most `x`. Source: Abramowitz and Stegun 26.2.17, absolute error
  /// below 7.5e-8.
  static double below(double x) {
    double t = 1 / (1 + 0.2316419 * Math.abs(x));
    double series =
        t
            * (0.319381530
                + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
    double upper = Math.exp(-x * x / 2) / ROOT_TWO_PI * series;
    return x >= 0 ? 1 - upper : upper;
  }
}
