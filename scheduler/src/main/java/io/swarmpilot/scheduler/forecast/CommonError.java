package io.swarmpilot.scheduler.forecast;

/// What it does to a sum of times when the errors of their predictions have something in common.
///
/// The sum is taken as a product: a common factor, log-normal with mean 1, times a sum of times
/// that are independent. With pairwise correlation ρ the factor's spread is `√ρ Σs`, and the
/// variance of the sum `(1-ρ) Σs² + ρ (Σs)²`.
final class CommonError {
  private CommonError() {}

  /// Variance of the sum.
  ///
  /// @param correlation ρ, 0 to 1
  /// @param independent the variance without any correlation, Σs²
  /// @param common the standard deviation if the times moved as one, Σs
  static double variance(double correlation, double independent, double common) {
    return (1 - correlation) * independent + correlation * common * common;
  }

  /// Third central moment of the sum.
  ///
  /// @param third the moment without any correlation
  static double third(
      double correlation, double mean, double independent, double third, double common) {
    if (!(mean > 0) || correlation == 0) {
      return third;
    }
    double rest = 1 - correlation;
    double relative = common / mean;
    double square = correlation * relative * relative;
    double cube = square * square * (3 + square);
    return rest * Math.sqrt(rest) * third * (1 + 3 * square + cube)
        + mean * mean * mean * cube
        + 3 * mean * (2 * square + cube) * rest * independent;
  }
}
