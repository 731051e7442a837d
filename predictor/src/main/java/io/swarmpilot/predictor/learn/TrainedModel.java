package io.swarmpilot.predictor.learn;

import com.google.common.collect.ImmutableList;
import io.swarmpilot.predictor.feature.Features;

/// A trained model of execution time. Immutable.
public interface TrainedModel {
  /// How elaborate it is.
  Stage stage();

  /// How many samples it was trained from.
  int rows();

  /// Names of the features it uses, in order.
  ImmutableList<String> featureNames();

  /// How well it predicted what it was not trained on.
  HeldOut heldOut();

  /// Quantiles of the logarithm of the time (ms) at
  /// [Grids#fine()][io.swarmpilot.predictor.model.Grids#fine()], ascending. Never extrapolates
  /// without bound.
  ///
  /// @param lag recent slowdown of who will execute it
  double[] logQuantiles(Features features, Lag lag);

  /// Logarithm of the time (ms) that the features alone explain: what recent slowdown is measured
  /// against.
  double demand(Features features);

  /// How much of the task lies within what was seen in training, 0 to 1: 1 inside the ranges of all
  /// features, less outside.
  double familiarity(Features features);
}
