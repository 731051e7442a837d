package io.swarmpilot.predictor.live;

import io.swarmpilot.predictor.feature.Query;

/// An execution as it happened.
///
/// @param taskId id of the task; executions without one are never taken for repeated
/// @param attempt attempt it was
/// @param query what it could have been predicted from
/// @param milliseconds time it took, finite and positive
public record Execution(String taskId, int attempt, Query query, double milliseconds) {
  /// Checks the time and that the model is known.
  ///
  /// @throws IllegalArgumentException when one is not
  public Execution {
    if (!(milliseconds > 0 && Double.isFinite(milliseconds))) {
      throw new IllegalArgumentException("the time is not finite and positive");
    }
    if (query.identity().type().isEmpty()) {
      throw new IllegalArgumentException("the model is not known");
    }
  }
}
