package io.swarmpilot.taskinstance.forecast;

/// The standard normal distribution.
final class Normal {
  // Coefficients of the fit, for rising powers of t.
  private static final double[] FIT = {
    -1.26551223,
    1.00002368,
    0.37409196,
    0.09678418,
    -0.18628806,
    0.27886807,
    -1.13520398,
    1.48851587,
    -0.82215223,
    0.17087277
  };

  private Normal() {}

  /// P(Z > z), relative error below 2e-7: the Chebyshev fit of the complementary error function
  /// from Numerical Recipes.
  static double upperTail(double z) {
    double x = Math.abs(z) / Math.sqrt(2);
    double t = 1 / (1 + x / 2);
    double exponent = 0;
    for (int i = FIT.length - 1; i >= 0; i--) {
      exponent = exponent * t + FIT[i];
    }
    double tail = t * Math.exp(-x * x + exponent) / 2;
    return z >= 0 ? tail : 1 - tail;
  }
}
