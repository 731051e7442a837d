package io.swarmpilot.predictor.learn;

import com.google.common.collect.ImmutableMap;

/// How well a model predicted samples that it was not trained on.
///
/// @param rows how many they were
/// @param pinballMs mean pinball loss by probability, ms, in order of probability
/// @param coverage share of them within the central interval, by its stated probability (0.8, 0.9,
///   0.95)
/// @param maeMs mean absolute difference of actual and predicted mean, ms
/// @param mape mean absolute difference of actual and predicted median, as a share of the actual
/// @param meanMs mean of the actual times, ms
public record HeldOut(
    int rows,
    ImmutableMap<Double, Double> pinballMs,
    ImmutableMap<Double, Double> coverage,
    double maeMs,
    double mape,
    double meanMs) {
  /// Mean pinball loss over all probabilities, ms.
  public double meanPinballMs() {
    return pinballMs.values().stream().mapToDouble(loss -> loss).average().orElse(Double.NaN);
  }
}
