package io.swarmpilot.predictor.service;

import io.swarmpilot.predictor.model.ModelIdentity;
import io.swarmpilot.proto.predictor.v1.PredictTableRequest;
import io.swarmpilot.proto.predictor.v1.PredictTableResponse;
import io.swarmpilot.proto.predictor.v1.TrainRequest;
import io.swarmpilot.proto.predictor.v1.TrainResponse;
import io.swarmpilot.runtime.error.FieldViolation;
import io.swarmpilot.runtime.error.Violations;
import io.swarmpilot.runtime.json.CheckedJson;
import io.swarmpilot.runtime.json.JsonValues;
import java.util.Set;

/// Answers the endpoints around trained models, of which this version has none.
public final class TrainingRequests {
  private static final Set<String> FORMATS = Set.of("", "json", "csv");

  PredictTableResponse predictTable(PredictTableRequest request) {
    Violations violations = new Violations();
    RequestRules.requireIdentity(
        new ModelIdentity(
            request.getModelType(),
            request.getModelName(),
            request.getHardware(),
            request.getSoftwareName(),
            request.getSoftwareVersion()),
        violations);
    violations
        .requirePresent(!request.getTraceFile().isEmpty(), "trace_file")
        .require(FORMATS.contains(request.getFormat()), "format", "must be json or csv");
    if (request.hasConfidenceLevel()) {
      RequestRules.requireConfidence(request.getConfidenceLevel(), violations);
    }
    violations.throwIfAny();
    return PredictTableResponse.newBuilder()
        .setStatus("failed")
        .setMessage(
            "Lookup tables are made by a trained model, and model training is not available in"
                + " this version")
        .build();
  }

  TrainResponse train(TrainRequest request) {
    Violations violations = new Violations();
    if (JsonValues.isPresent(request.getConfig())) {
      JsonValues.object(request.getConfig(), "config", CheckedJson.isChecked(), violations);
    } else {
      violations.add(FieldViolation.missing("config"));
    }
    violations.throwIfAny();
    return TrainResponse.newBuilder()
        .setStatus("error")
        .setMessage("Model training is not available in this version")
        .build();
  }
}
