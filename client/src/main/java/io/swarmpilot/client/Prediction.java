package io.swarmpilot.client;

import io.swarmpilot.proto.predictor.v1.PredictResponse;
import java.util.List;
import java.util.Optional;

/// A predicted execution time, or why there is none.
///
/// @param status `success` or `error`
/// @param message why there is no prediction
/// @param modelType type of the model
/// @param quantiles probabilities, ascending; empty on error
/// @param quantilePredictions execution time at each probability, ms
/// @param predictionMethod `lookup`, `model`, `live` or `fallback`
/// @param confidence how far to trust it, 0 to 1
/// @param time mean and standard deviation, ms
public record Prediction(
    String status,
    Optional<String> message,
    Optional<String> modelType,
    List<Double> quantiles,
    List<Double> quantilePredictions,
    Optional<String> predictionMethod,
    Optional<Double> confidence,
    Optional<ExpectedTime> time) {
  /// Copies the lists.
  public Prediction {
    quantiles = List.copyOf(quantiles);
    quantilePredictions = List.copyOf(quantilePredictions);
  }

  /// Whether there is a prediction.
  public boolean success() {
    return status.equals("success");
  }

  /// The value at quantile 0.5, else the middle one, ms; empty without a prediction.
  public Optional<Double> median() {
    return success() ? distribution().median() : Optional.empty();
  }

  /// The central interval of a probability from the nearest quantiles there are (the lower one when
  /// two are equally near); empty without a prediction.
  ///
  /// @throws IllegalArgumentException when the probability is not between 0 and 1
  public Optional<PredictionRange> range(double confidenceLevel) {
    return success() ? distribution().range(confidenceLevel) : Optional.empty();
  }

  private Quantiles distribution() {
    return new Quantiles(quantiles, quantilePredictions);
  }

  static Prediction failed(MeshClientException failure) {
    return new Prediction(
        "error",
        Optional.of("HTTP request failed: " + failure.httpStatus() + " " + failure.message()),
        Optional.empty(),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  static Prediction of(PredictResponse answer) {
    return new Prediction(
        answer.getStatus(),
        answer.hasMessage() ? Optional.of(answer.getMessage()) : Optional.empty(),
        answer.hasModelType() ? Optional.of(answer.getModelType()) : Optional.empty(),
        answer.getQuantilesList(),
        answer.getQuantilePredictionsList(),
        answer.hasPredictionMethod() ? Optional.of(answer.getPredictionMethod()) : Optional.empty(),
        answer.hasConfidence() ? Optional.of(answer.getConfidence()) : Optional.empty(),
        answer.hasExpect()
            ? Optional.of(new ExpectedTime(answer.getExpect(), answer.getError()))
            : Optional.empty());
  }
}
