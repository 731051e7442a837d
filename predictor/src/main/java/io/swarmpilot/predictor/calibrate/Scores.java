package io.swarmpilot.predictor.calibrate;

import io.swarmpilot.predictor.model.Grids;

/// How a value lies to the quantiles that were predicted for it, all at [Grids#fine()] and
/// ascending, in any unit.
public final class Scores {
  private static final double[] PROBABILITIES = Grids.fine();
  private static final int LAST = PROBABILITIES.length - 1;

  /// Standard normal quantiles at the probabilities.
  private static final double[] NORMAL = {
    -2.3263, -1.9600, -1.6449, -1.2816, -0.8416, -0.6745, -0.5244, -0.2533, 0, 0.2533, 0.5244,
    0.6745, 0.8416, 1.2816, 1.6449, 1.9600, 2.3263
  };

  /// What lies outside all quantiles counts as the mean of that tail.
  private static final double TAIL = 2.6652;

  private Scores() {}

  /// Mean pinball loss over the quantiles, in the unit of the values.
  public static double pinball(double[] quantiles, double value) {
    double sum = 0;
    for (int k = 0; k <= LAST; k++) {
      sum += pinball(quantiles[k], value, PROBABILITIES[k]);
    }
    return sum / PROBABILITIES.length;
  }

  private static double pinball(double quantile, double value, double probability) {
    return value >= quantile
        ? probability * (value - quantile)
        : (1 - probability) * (quantile - value);
  }

  /// Continuous ranked probability score, in the unit of the values: twice the integral of the
  /// pinball loss over all probabilities, by the trapezoid rule between the quantiles, which are
  /// taken to be flat outside.
  public static double crps(double[] quantiles, double value) {
    double first = PROBABILITIES[0];
    double integral =
        first * flatTail(quantiles[0], value, first)
            + first * flatTail(quantiles[LAST], value, 2 - first);
    for (int k = 1; k <= LAST; k++) {
      double width = PROBABILITIES[k] - PROBABILITIES[k - 1];
      double left = pinball(quantiles[k - 1], value, PROBABILITIES[k - 1]);
      double right = pinball(quantiles[k], value, PROBABILITIES[k]);
      integral += width * (left + right) / 2;
    }
    return 2 * integral;
  }

  /// Mean pinball loss of one value over a tail, whose mean probability is half of the sum of its
  /// ends.
  private static double flatTail(double quantile, double value, double sumOfEnds) {
    return pinball(quantile, value, sumOfEnds / 2);
  }

  /// The probability that was predicted for at most this value (the probability integral
  /// transform), 0 to 1: 0.5 % or 99.5 % outside all quantiles, and where quantiles coincide with
  /// the value the middle of theirs.
  public static double probability(double[] quantiles, double value) {
    return interpolate(
        quantiles, value, PROBABILITIES, PROBABILITIES[0] / 2, 1 - PROBABILITIES[0] / 2);
  }

  /// The same as a standard normal score, within ± 2.7.
  public static double normal(double[] quantiles, double value) {
    return interpolate(quantiles, value, NORMAL, -TAIL, TAIL);
  }

  private static double interpolate(
      double[] quantiles, double value, double[] at, double below, double above) {
    if (value < quantiles[0]) {
      return below;
    }
    if (value > quantiles[LAST]) {
      return above;
    }
    int first = 0;
    while (quantiles[first] < value) {
      first++;
    }
    if (quantiles[first] > value) {
      double share = (value - quantiles[first - 1]) / (quantiles[first] - quantiles[first - 1]);
      return at[first - 1] + share * (at[first] - at[first - 1]);
    }
    int last = first;
    while (last < LAST && quantiles[last + 1] == value) {
      last++;
    }
    return (at[first] + at[last]) / 2;
  }
}
