package io.swarmpilot.predictor.table;

import io.swarmpilot.predictor.feature.Features;
import java.util.Map;

/// How far apart two tasks are, judged by their numbers.
final class FeatureDistance {
  /// What a feature counts that the record does not state: as much as one that is off by a factor
  /// of two, so that a record that says nothing beats one that is of quite another size.
  private static final double UNSTATED = Math.log(2);

  private FeatureDistance() {}

  /// The sum, over the features asked for, of how far the record is off, as a logarithm of the
  /// ratio.
  static double between(Features asked, Features record) {
    double sum = 0;
    for (Map.Entry<String, Double> feature : asked.values().entrySet()) {
      Double stated = record.values().get(feature.getKey());
      sum +=
          stated == null
              ? UNSTATED
              : Math.abs(logarithm(feature.getValue()) - logarithm(stated.doubleValue()));
    }
    return sum;
  }

  /// A logarithm that is defined for zero and negative numbers too.
  private static double logarithm(double value) {
    return Math.signum(value) * Math.log1p(Math.abs(value));
  }
}
