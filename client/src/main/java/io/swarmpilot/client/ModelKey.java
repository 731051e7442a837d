package io.swarmpilot.client;

import io.swarmpilot.proto.predictor.v1.PredictBatchRequest;
import io.swarmpilot.proto.predictor.v1.PredictSingleRequest;
import java.util.List;

/// What a prediction is for.
///
/// @param type type of the model
/// @param name name of the model
/// @param hardware hardware
/// @param softwareName software that runs the model
/// @param softwareVersion its version
public record ModelKey(
    String type, String name, String hardware, String softwareName, String softwareVersion) {
  PredictSingleRequest single(String trace, PredictOptions options) {
    PredictSingleRequest.Builder request =
        PredictSingleRequest.newBuilder()
            .setModelType(type)
            .setModelName(name)
            .setHardware(hardware)
            .setSoftwareName(softwareName)
            .setSoftwareVersion(softwareVersion)
            .setTrace(Json.value(trace))
            .setConfidenceLevel(options.confidenceLevel())
            .setLookupTable(options.lookupTable());
    options.lookupTableName().ifPresent(request::setLookupTableName);
    return request.build();
  }

  PredictBatchRequest batch(List<String> traces, PredictOptions options) {
    PredictBatchRequest.Builder request =
        PredictBatchRequest.newBuilder()
            .setModelType(type)
            .setModelName(name)
            .setHardware(hardware)
            .setSoftwareName(softwareName)
            .setSoftwareVersion(softwareVersion)
            .setConfidenceLevel(options.confidenceLevel())
            .setLookupTable(options.lookupTable());
    traces.forEach(trace -> request.addTrace(Json.value(trace)));
    options.lookupTableName().ifPresent(request::setLookupTableName);
    return request.build();
  }
}
