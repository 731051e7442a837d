package io.swarmpilot.predictor.learn;

import io.swarmpilot.predictor.feature.Features;

/// One execution to learn from.
///
/// @param features what was known of the task
/// @param milliseconds time it took, finite and positive
/// @param instance who executed it, or "" when that is not known; tells slow instances from long
///   tasks
public record Sample(Features features, double milliseconds, String instance) {
  /// Checks the time.
  ///
  /// @throws IllegalArgumentException when it is not finite and positive
  public Sample {
    if (!(milliseconds > 0 && milliseconds < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("the time is not finite and positive");
    }
  }
}
