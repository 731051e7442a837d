package io.swarmpilot.predictor.history;

import io.swarmpilot.predictor.feature.Features;

/// One execution as it is kept.
///
/// @param features what was known of the task
/// @param milliseconds time it took, finite and positive
/// @param instance who executed it, or ""
/// @param time when it ended, Unix seconds
public record PastExecution(Features features, double milliseconds, String instance, double time) {
  /// Checks the time it took.
  ///
  /// @throws IllegalArgumentException when it is not finite and positive
  public PastExecution {
    if (!(milliseconds > 0 && milliseconds < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("the time is not finite and positive");
    }
  }
}
