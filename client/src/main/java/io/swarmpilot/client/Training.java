package io.swarmpilot.client;

import io.swarmpilot.proto.predictor.v1.TrainResponse;
import java.util.Optional;

/// What training gave.
///
/// @param status `success` or `error`
/// @param modelKey key of the model
/// @param metrics held-out metrics, JSON text
/// @param message why it failed
/// @param version version of the model that is now in force
public record Training(
    String status,
    Optional<String> modelKey,
    Optional<String> metrics,
    Optional<String> message,
    Optional<Integer> version) {
  /// Whether a model was trained.
  public boolean success() {
    return status.equals("success");
  }

  static Training of(TrainResponse answer) {
    return new Training(
        answer.getStatus(),
        answer.hasModelKey() ? Optional.of(answer.getModelKey()) : Optional.empty(),
        Json.text(answer.getMetrics()),
        answer.hasMessage() ? Optional.of(answer.getMessage()) : Optional.empty(),
        answer.hasVersion() ? Optional.of(answer.getVersion()) : Optional.empty());
  }
}
