package io.swarmpilot.predictor.model;

/// How long a task will execute, and where that comes from.
///
/// @param distribution the times
/// @param mean mean, ms; a source may know it better than the quantiles tell
/// @param standardDeviation standard deviation, ms; likewise
/// @param method the source
/// @param confidence how far to trust it, 0 to 1
public record Prediction(
    QuantileDistribution distribution,
    double mean,
    double standardDeviation,
    Method method,
    double confidence) {
  /// A prediction whose moments are those of its quantiles.
  public static Prediction of(QuantileDistribution distribution, Method method, double confidence) {
    return new Prediction(
        distribution, distribution.mean(), distribution.standardDeviation(), method, confidence);
  }
}
