package io.swarmpilot.scheduler.forecast;

/// The shape assumed for an execution time of which only mean and standard deviation are known.
final class LogNormal {
  private static final int NODES = 25;
  private static final double WIDEST = 2.4;
  private static final double[] NORMAL = new double[NODES];
  private static final double[] PROBABILITIES = new double[NODES];

  static {
    for (int i = 0; i < NODES; i++) {
      NORMAL[i] = -WIDEST + i * 2 * WIDEST / (NODES - 1);
      PROBABILITIES[i] = normalDistribution(NORMAL[i]);
    }
  }

  private LogNormal() {}

  /// Probabilities of the nodes; not to be changed.
  static double[] probabilities() {
    return PROBABILITIES;
  }

  /// Quantiles at the nodes of the log-normal with these moments, both positive.
  static double[] values(double mean, double error) {
    double variance = Math.log1p((error / mean) * (error / mean));
    double sigma = Math.sqrt(variance);
    double median = mean * Math.exp(-variance / 2);
    double[] values = new double[NODES];
    for (int i = 0; i < NODES; i++) {
      values[i] = median * Math.exp(sigma * NORMAL[i]);
    }
    return values;
  }

  /// Abramowitz and Stegun 26.2.17, absolute error below 7.5e-8.
  private static double normalDistribution(double x) {
    double t = 1 / (1 + 0.2316419 * Math.abs(x));
    double series =
        t
            * (0.319381530
                + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
    double upper = Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI) * series;
    return x >= 0 ? 1 - upper : upper;
  }
}
