package io.swarmpilot.client;

import io.swarmpilot.proto.predictor.v1.PredictionResult;
import java.util.List;
import java.util.Optional;

/// The prediction of one trace, or why there is none.
///
/// @param status `success` or `error`
/// @param message why there is no prediction
/// @param quantiles probabilities, ascending; empty on error
/// @param quantilePredictions execution time at each probability, ms
/// @param time mean and standard deviation, ms
/// @param range central interval of the confidence level, ms
/// @param predictionMethod `lookup`, `model`, `live` or `fallback`
public record TracePrediction(
    String status,
    Optional<String> message,
    List<Double> quantiles,
    List<Double> quantilePredictions,
    Optional<ExpectedTime> time,
    Optional<PredictionRange> range,
    Optional<String> predictionMethod) {
  /// Copies the lists.
  public TracePrediction {
    quantiles = List.copyOf(quantiles);
    quantilePredictions = List.copyOf(quantilePredictions);
  }

  /// Whether there is a prediction.
  public boolean success() {
    return status.equals("success");
  }

  static TracePrediction of(PredictionResult result) {
    return new TracePrediction(
        result.getStatus(),
        result.hasMessage() ? Optional.of(result.getMessage()) : Optional.empty(),
        result.getQuantilesList(),
        result.getQuantilePredictionsList(),
        result.hasExpect()
            ? Optional.of(new ExpectedTime(result.getExpect(), result.getError()))
            : Optional.empty(),
        result.hasLower() && result.hasUpper()
            ? Optional.of(new PredictionRange(result.getLower(), result.getUpper()))
            : Optional.empty(),
        result.hasPredictionMethod()
            ? Optional.of(result.getPredictionMethod())
            : Optional.empty());
  }
}
