package io.swarmpilot.client;

import io.swarmpilot.proto.predictor.v1.GetHealthResponse;

/// Health of the predictor.
///
/// @param status `healthy` or `unhealthy`
/// @param version version of its software
/// @param totalModels models there are predictions for
/// @param mode `lookup_table` when a default table is loaded, else `default`
/// @param lookupPredictorLoaded whether a lookup table is loaded
public record PredictorHealth(
    String status, String version, int totalModels, String mode, boolean lookupPredictorLoaded) {
  /// Whether it serves.
  public boolean healthy() {
    return status.equals("healthy");
  }

  static PredictorHealth of(GetHealthResponse answer) {
    return new PredictorHealth(
        answer.getStatus(),
        answer.getVersion(),
        answer.getTotalModels(),
        answer.getMode(),
        answer.getLookupPredictorLoaded());
  }
}
