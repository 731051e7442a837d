package io.swarmpilot.predictor.training;

import com.google.common.collect.ImmutableList;
import io.swarmpilot.predictor.store.StoredModel;

/// How a training ended.
public sealed interface TrainingOutcome {
  /// A new version is in force.
  ///
  /// @param model the version
  /// @param quantiles probabilities to tell the pinball loss of
  /// @param ignored names of the settings that meant nothing
  /// @param milliseconds time it took
  record Trained(
      StoredModel model,
      ImmutableList<Double> quantiles,
      ImmutableList<String> ignored,
      double milliseconds)
      implements TrainingOutcome {}

  /// Nothing has changed.
  ///
  /// @param reason why, a sentence for the caller
  record Refused(String reason) implements TrainingOutcome {}
}
