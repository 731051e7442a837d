package io.swarmpilot.predictor.trace;

import java.util.Map;

/// What a trace says of how its task was executed.
///
/// @param times the measured times by their key, ms, as they were given: NaN where one is no number
/// @param instance who executed it, or "" when that is not said
public record Outcome(Map<String, Double> times, String instance) {
  /// Nothing is said.
  public static final Outcome UNKNOWN = new Outcome(Map.of(), "");

  /// Copies the times.
  public Outcome {
    times = Map.copyOf(times);
  }
}
