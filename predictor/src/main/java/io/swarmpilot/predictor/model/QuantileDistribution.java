package io.swarmpilot.predictor.model;

import java.util.Arrays;

/// A distribution of execution times given by quantiles: probabilities and the time at each, ms.
///
/// Between the given probabilities the quantile function is linear, outside them it is flat. All
/// moments are exact integrals of that function. Immutable.
public final class QuantileDistribution {
  private static final double[] FINE = Grids.fine();

  private final double[] probabilities;
  private final double[] values;

  private QuantileDistribution(double[] probabilities, double[] values) {
    this.probabilities = probabilities;
    this.values = values;
  }

  /// The distribution with these quantiles.
  ///
  /// @param probabilities within 0 and 1, strictly ascending, at least one
  /// @param values time at each probability, ms, finite, not negative, ascending
  /// @throws IllegalArgumentException saying which rule is broken
  public static QuantileDistribution of(double[] probabilities, double[] values) {
    double[] p = probabilities.clone();
    double[] v = values.clone();
    check(p.length > 0, "there are no quantiles");
    check(p.length == v.length, "there are not as many predictions as quantiles");
    for (int i = 0; i < p.length; i++) {
      check(p[i] >= 0 && p[i] <= 1, "a quantile is not within 0 and 1");
      check(Double.isFinite(v[i]) && v[i] >= 0, "a prediction is not a finite time");
      check(i == 0 || p[i] > p[i - 1], "the quantiles do not ascend");
      check(i == 0 || v[i] >= v[i - 1], "the predictions do not ascend");
    }
    return new QuantileDistribution(p, v);
  }

  /// The distribution with these quantiles at [Grids#fine()]; takes the array over.
  ///
  /// @param values time at each probability, ms, finite, not negative, ascending; not to be changed
  ///   afterwards
  /// @throws IllegalArgumentException saying which rule is broken
  public static QuantileDistribution onFineGrid(double[] values) {
    check(values.length == FINE.length, "there are not as many predictions as quantiles");
    for (int i = 0; i < values.length; i++) {
      check(Double.isFinite(values[i]) && values[i] >= 0, "a prediction is not a finite time");
      check(i == 0 || values[i] >= values[i - 1], "the predictions do not ascend");
    }
    return new QuantileDistribution(FINE, values);
  }

  private static void check(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }

  /// How many quantiles there are.
  public int size() {
    return values.length;
  }

  /// The probability of the quantile at an index.
  public double probability(int index) {
    return probabilities[index];
  }

  /// The time of the quantile at an index, ms.
  public double value(int index) {
    return values[index];
  }

  /// The time that is not exceeded with this probability, ms.
  public double quantile(double probability) {
    int found = Arrays.binarySearch(probabilities, probability);
    if (found >= 0) {
      return values[found];
    }
    int above = -found - 1;
    if (above == 0) {
      return values[0];
    }
    if (above == values.length) {
      return values[above - 1];
    }
    double share =
        (probability - probabilities[above - 1])
            / (probabilities[above] - probabilities[above - 1]);
    return values[above - 1] + share * (values[above] - values[above - 1]);
  }

  /// The interval in the middle that holds a time with this probability, ms.
  public Interval centralInterval(double probability) {
    double tail = (1 - probability) / 2;
    return new Interval(quantile(tail), quantile(1 - tail));
  }

  /// The same quantile function, given at other probabilities (strictly ascending).
  public QuantileDistribution at(double... grid) {
    double[] resampled = new double[grid.length];
    for (int i = 0; i < grid.length; i++) {
      resampled[i] = quantile(grid[i]);
    }
    return of(grid, resampled);
  }

  /// Mean, ms.
  public double mean() {
    int last = values.length - 1;
    double sum = probabilities[0] * values[0] + (1 - probabilities[last]) * values[last];
    for (int i = 1; i <= last; i++) {
      sum += (probabilities[i] - probabilities[i - 1]) * (values[i] + values[i - 1]) / 2;
    }
    return sum;
  }

  /// Standard deviation, ms.
  public double standardDeviation() {
    // Of the distances to the mean, so that nothing large cancels.
    double mean = mean();
    int last = values.length - 1;
    double left = values[0] - mean;
    double right = values[last] - mean;
    double sum = probabilities[0] * left * left + (1 - probabilities[last]) * right * right;
    for (int i = 1; i <= last; i++) {
      double a = values[i - 1] - mean;
      double b = values[i] - mean;
      sum += (probabilities[i] - probabilities[i - 1]) * (a * a + a * b + b * b) / 3;
    }
    return Math.sqrt(sum);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof QuantileDistribution that
        && Arrays.equals(probabilities, that.probabilities)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(probabilities) + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return Arrays.toString(values) + " ms at " + Arrays.toString(probabilities);
  }
}
