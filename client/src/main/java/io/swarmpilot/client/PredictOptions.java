package io.swarmpilot.client;

import java.util.Optional;

/// How to predict.
///
/// @param confidenceLevel probability of the central interval, between 0 and 1, both excluded
/// @param lookupTable whether to predict from a lookup table only
/// @param lookupTableName table to use; empty means the default table
public record PredictOptions(
    double confidenceLevel, boolean lookupTable, Optional<String> lookupTableName) {
  private static final double DEFAULT_CONFIDENCE = 0.95;

  /// Confidence level 0.95, from whatever there is.
  public static PredictOptions defaults() {
    return new PredictOptions(DEFAULT_CONFIDENCE, false, Optional.empty());
  }

  /// Confidence level 0.95, from one lookup table only.
  public static PredictOptions table(String name) {
    return new PredictOptions(DEFAULT_CONFIDENCE, true, Optional.of(name));
  }

  /// The same with another confidence level.
  public PredictOptions withConfidenceLevel(double level) {
    return new PredictOptions(level, lookupTable, lookupTableName);
  }
}
