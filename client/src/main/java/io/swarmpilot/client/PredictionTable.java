package io.swarmpilot.client;

import io.swarmpilot.proto.predictor.v1.PredictTableResponse;
import java.util.Optional;

/// Where a lookup table is, or why it was not made.
///
/// @param status `successful` or `failed`
/// @param path path of the table, usable as a table name
/// @param message why it failed
public record PredictionTable(String status, Optional<String> path, Optional<String> message) {
  /// Whether the table was made.
  public boolean success() {
    return status.equals("successful");
  }

  static PredictionTable of(PredictTableResponse answer) {
    return new PredictionTable(
        answer.getStatus(),
        answer.hasPath() ? Optional.of(answer.getPath()) : Optional.empty(),
        answer.hasMessage() ? Optional.of(answer.getMessage()) : Optional.empty());
  }
}
