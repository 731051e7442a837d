package io.swarmpilot.client;

import io.swarmpilot.proto.predictor.v1.RestoreModelResponse;
import java.util.Optional;

/// How restoring a version of a model went.
///
/// @param status `success` or `error`
/// @param version version in force now
/// @param message why it failed
public record RestoredModel(String status, Optional<Integer> version, Optional<String> message) {
  /// Whether the version is in force.
  public boolean success() {
    return status.equals("success");
  }

  static RestoredModel of(RestoreModelResponse answer) {
    return new RestoredModel(
        answer.getStatus(),
        answer.hasVersion() ? Optional.of(answer.getVersion()) : Optional.empty(),
        answer.hasMessage() ? Optional.of(answer.getMessage()) : Optional.empty());
  }
}
