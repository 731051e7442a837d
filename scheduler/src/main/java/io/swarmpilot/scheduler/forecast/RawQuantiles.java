package io.swarmpilot.scheduler.forecast;

import java.util.Arrays;

/// Checks quantiles that somebody else made.
final class RawQuantiles {
  /// How far below one before it a value may lie, as a share of that one, and still be put right.
  private static final double TINY_CROSSING = 0.1;

  private RawQuantiles() {}

  /// Whether the probabilities ascend strictly within 0 and 1, and the values are finite, not
  /// negative and ascend; both of the same length.
  static boolean areAscending(double[] probabilities, double[] values) {
    double probability = -1;
    double value = 0;
    for (int i = 0; i < values.length; i++) {
      boolean ascending = probabilities[i] > probability && values[i] >= value;
      if (!ascending
          || probabilities[i] < 0
          || probabilities[i] > 1
          || !Double.isFinite(values[i])) {
        return false;
      }
      probability = probabilities[i];
      value = values[i];
    }
    return true;
  }

  /// The values in ascending order when they are nearly so already, else as they are.
  static double[] sorted(double[] values) {
    double highest = 0;
    for (double value : values) {
      if (value < (1 - TINY_CROSSING) * highest) {
        return values;
      }
      highest = Math.max(highest, value);
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted;
  }
}
