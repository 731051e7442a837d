package io.swarmpilot.client;

import io.swarmpilot.proto.predictor.v1.ModelInfo;
import java.util.List;
import java.util.Optional;

/// A model there are predictions for.
///
/// @param modelType type of the model
/// @param modelName name of the model
/// @param totalPredictions records and executions the predictions rest on
/// @param hardwareTypes hardware there are predictions for, sorted
/// @param softwareVersions software there are predictions for, `name-version`, sorted
public record PredictorModel(
    String modelType,
    Optional<String> modelName,
    long totalPredictions,
    List<String> hardwareTypes,
    List<String> softwareVersions) {
  /// Copies the lists.
  public PredictorModel {
    hardwareTypes = List.copyOf(hardwareTypes);
    softwareVersions = List.copyOf(softwareVersions);
  }

  static PredictorModel of(ModelInfo model) {
    return new PredictorModel(
        model.getModelType(),
        model.hasModelName() ? Optional.of(model.getModelName()) : Optional.empty(),
        model.getTotalPredictions(),
        model.getHardwareTypesList(),
        model.getSoftwareVersionsList());
  }
}
