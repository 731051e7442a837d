package io.swarmpilot.client;

import io.swarmpilot.proto.predictor.v1.ModelVersion;
import java.util.List;

/// One version of a trained model.
///
/// @param modelKey key of the model
/// @param version version, from 1
/// @param active whether predictions are made by it
/// @param stage `statistics`, `linear` or `boosted`
/// @param rows rows it was trained from
/// @param trainedAt when, Unix seconds
/// @param origin `request` or `live`
/// @param metrics held-out metrics, JSON text
/// @param features names of the features it uses
public record TrainedVersion(
    String modelKey,
    int version,
    boolean active,
    String stage,
    int rows,
    double trainedAt,
    String origin,
    String metrics,
    List<String> features) {
  /// Copies the features.
  public TrainedVersion {
    features = List.copyOf(features);
  }

  static TrainedVersion of(ModelVersion version) {
    return new TrainedVersion(
        version.getModelKey(),
        version.getVersion(),
        version.getActive(),
        version.getStage(),
        version.getRows(),
        version.getTrainedAt(),
        version.getOrigin(),
        version.getMetrics().getJson(),
        version.getFeaturesList());
  }
}
