package io.swarmpilot.predictor.service;

import io.swarmpilot.predictor.model.Grids;
import io.swarmpilot.predictor.model.Interval;
import io.swarmpilot.predictor.model.Method;
import io.swarmpilot.predictor.model.ModelIdentity;
import io.swarmpilot.predictor.model.Prediction;
import io.swarmpilot.predictor.model.QuantileDistribution;
import io.swarmpilot.proto.predictor.v1.Distribution;
import io.swarmpilot.proto.predictor.v1.PredictResponse;
import io.swarmpilot.proto.predictor.v1.PredictedModel;
import io.swarmpilot.proto.predictor.v1.PredictionResult;

/// Predictions as answers.
final class Answers {
  private Answers() {}

  /// Answers `/predict`.
  static PredictResponse response(Prediction prediction, String modelType) {
    PredictResponse.Builder response =
        PredictResponse.newBuilder()
            .setStatus("success")
            .setModelType(modelType)
            .setPredictionMethod(prediction.method().label())
            .setConfidence(prediction.confidence())
            .setExpect(prediction.mean())
            .setError(prediction.standardDeviation());
    QuantileDistribution shown = shown(prediction);
    for (int i = 0; i < shown.size(); i++) {
      response.addQuantiles(shown.probability(i)).addQuantilePredictions(shown.value(i));
    }
    return response.build();
  }

  /// One result of `/predict/single` and `/predict/batch`.
  static PredictionResult result(
      Prediction prediction, ModelIdentity asked, double confidenceLevel) {
    Interval interval = prediction.distribution().centralInterval(confidenceLevel);
    PredictionResult.Builder result =
        PredictionResult.newBuilder()
            .setStatus("success")
            .setModelInfo(
                PredictedModel.newBuilder()
                    .setType(asked.type())
                    .setName(asked.name())
                    .setHardware(asked.hardware())
                    .setSoftwareName(asked.softwareName())
                    .setSoftwareVersion(asked.softwareVersion()))
            .setExpect(prediction.mean())
            .setError(prediction.standardDeviation())
            .setLower(interval.lower())
            .setUpper(interval.upper())
            .setPredictionMethod(prediction.method().label())
            .setConfidence(prediction.confidence());
    QuantileDistribution shown = shown(prediction);
    for (int i = 0; i < shown.size(); i++) {
      result.addQuantiles(shown.probability(i)).addQuantilePredictions(shown.value(i));
    }
    return result.build();
  }

  /// A result that there is no prediction for.
  static PredictionResult failed(String message) {
    return PredictionResult.newBuilder().setStatus("error").setMessage(message).build();
  }

  /// One distribution for the scheduler, tails included.
  static Distribution distribution(Prediction prediction) {
    Distribution.Builder answer =
        Distribution.newBuilder()
            .setMeanMs(prediction.mean())
            .setStdMs(prediction.standardDeviation())
            .setMethod(prediction.method().label())
            .setConfidence(prediction.confidence());
    QuantileDistribution distribution = prediction.distribution();
    for (int i = 0; i < distribution.size(); i++) {
      answer.addQuantiles(distribution.probability(i)).addValuesMs(distribution.value(i));
    }
    return answer.build();
  }

  /// Why there is no prediction, in the words of the contract.
  static String noData(String modelType) {
    return "No prediction data available for model type: " + modelType;
  }

  /// A table's own quantiles as they are; anything else on the documented grid, so that the third
  /// value is the median.
  private static QuantileDistribution shown(Prediction prediction) {
    return prediction.method() == Method.LOOKUP
        ? prediction.distribution()
        : prediction.distribution().at(Grids.coarse());
  }
}
