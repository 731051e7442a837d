package io.swarmpilot.scheduler.forecast;

/// The shape assumed for an execution time of which only mean and standard deviation are known.
final class LogNormal {
  private static final int NODES = 25;
  private static final double WIDEST = 2.4;

  /// Greatest coefficient of variation that is taken at its word.
  private static final double MOST_VARIATION = 100;

  private static final double[] NORMAL = new double[NODES];
  private static final double[] PROBABILITIES = new double[NODES];

  static {
    for (int i = 0; i < NODES; i++) {
      NORMAL[i] = -WIDEST + i * 2 * WIDEST / (NODES - 1);
      PROBABILITIES[i] = Normal.below(NORMAL[i]);
    }
  }

  private LogNormal() {}

  /// Probabilities of the nodes; not to be changed.
  static double[] probabilities() {
    return PROBABILITIES;
  }

  /// Quantiles at the nodes of the log-normal with these moments, both positive.
  static double[] values(double mean, double error) {
    double variation = Math.min(MOST_VARIATION, error / mean);
    double variance = Math.log1p(variation * variation);
    double sigma = Math.sqrt(variance);
    double median = mean * Math.exp(-variance / 2);
    double[] values = new double[NODES];
    for (int i = 0; i < NODES; i++) {
      values[i] = Math.min(ExecutionTime.MOST, median * Math.exp(sigma * NORMAL[i]));
    }
    return values;
  }
}
