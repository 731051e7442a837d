package io.swarmpilot.scheduler.forecast;

/// Quantiles of a wait as they follow from its moments.
final class Quantiles {
  private static final double[] AT_ONCE = new double[TailStrata.COUNT];

  private Quantiles() {}

  /// The wait that is not exceeded with a probability.
  static double of(Moments wait, double probability) {
    double skewness = wait.third() / Math.pow(wait.error(), 3);
    double low = -10;
    double high = 40;
    for (int i = 0; i < 60; i++) {
      double middle = (low + high) / 2;
      if (WaitShape.below(skewness, middle, 0, AT_ONCE) < probability) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return wait.mean() + low * wait.error();
  }
}
