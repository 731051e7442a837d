package io.swarmpilot.client;

import java.util.List;
import java.util.Optional;

/// Reads single values off a list of quantiles.
record Quantiles(List<Double> probabilities, List<Double> values) {
  Optional<Double> median() {
    if (isUnusable()) {
      return Optional.empty();
    }
    int exact = probabilities.indexOf(0.5);
    return Optional.of(values.get(exact >= 0 ? exact : values.size() / 2));
  }

  Optional<PredictionRange> range(double confidence) {
    if (!(confidence > 0 && confidence < 1)) {
      throw new IllegalArgumentException(
          "the confidence level must be between 0 and 1, not " + confidence);
    }
    if (isUnusable()) {
      return Optional.empty();
    }
    double lower = (1 - confidence) / 2;
    return Optional.of(new PredictionRange(nearest(lower), nearest(1 - lower)));
  }

  private boolean isUnusable() {
    return values.isEmpty() || values.size() != probabilities.size();
  }

  private double nearest(double probability) {
    int best = 0;
    for (int i = 1; i < probabilities.size(); i++) {
      if (Math.abs(probabilities.get(i) - probability)
          < Math.abs(probabilities.get(best) - probability)) {
        best = i;
      }
    }
    return values.get(best);
  }
}
