package io.swarmpilot.predictor.learn;

import io.swarmpilot.predictor.feature.Features;

/// What the features of a task alone say about its time: what recent slowdown is measured against.
///
/// @param space the features
/// @param surface logarithm of the time (ms) over them
public record TaskDemand(FeatureSpace space, ResponseSurface surface) {
  /// Places of a row behind the features: the last slowdown, and its average.
  public static final int LAGS = 2;

  /// Observations that draw each weight of a fit of times towards zero.
  static final double RIDGE = 1;

  static TaskDemand of(FeatureSpace space, double[][] rows, double[] logTimes) {
    return new TaskDemand(space, ResponseSurface.fit(rows, logTimes, RIDGE).surface());
  }

  /// A task's features and the recent slowdown of who executes it; NaN where something is not
  /// known.
  double[] row(Features features, Lag lag) {
    double[] row = space.row(features, LAGS);
    row[space.size()] = lag.last();
    row[space.size() + 1] = lag.average();
    return row;
  }

  /// Logarithm of the time, ms.
  double demand(Features features) {
    return surface.at(space.row(features, 0));
  }

  /// As [TrainedModel#familiarity(Features)].
  double familiarity(Features features) {
    return space.familiarity(space.row(features, 0));
  }
}
