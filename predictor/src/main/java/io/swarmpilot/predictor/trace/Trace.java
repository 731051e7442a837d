package io.swarmpilot.predictor.trace;

import io.swarmpilot.predictor.feature.FeatureKeys;
import io.swarmpilot.predictor.feature.Features;
import io.swarmpilot.predictor.model.ModelIdentity;
import java.util.Map;

/// What a trace or metadata says of a task.
///
/// @param identity its texts that name model, hardware and software, by key
/// @param features its numbers
/// @param outcome what it says of how the task was executed
public record Trace(Map<String, String> identity, Features features, Outcome outcome) {
  /// Copies the identity.
  public Trace {
    identity = Map.copyOf(identity);
  }

  /// The identity that it states for a model of this type.
  public ModelIdentity identityOf(String type) {
    return new ModelIdentity(
        type,
        text(FeatureKeys.MODEL_NAME),
        text(FeatureKeys.HARDWARE),
        text(FeatureKeys.SOFTWARE_NAME),
        text(FeatureKeys.SOFTWARE_VERSION));
  }

  private String text(String key) {
    return identity.getOrDefault(key, "");
  }
}
