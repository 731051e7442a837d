package io.swarmpilot.predictor.learn;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import io.swarmpilot.predictor.feature.Features;

/// The distribution of all samples, whatever their features.
///
/// @param quantiles logarithms of the times (ms) at the fine grid, ascending
/// @param rows how many samples they are of
/// @param heldOut how well it did
public record StatisticsModel(ImmutableDoubleArray quantiles, int rows, HeldOut heldOut)
    implements TrainedModel {
  static StatisticsModel of(double[] logTimes, HeldOut heldOut) {
    return new StatisticsModel(
        ImmutableDoubleArray.copyOf(Shape.of(logTimes)), logTimes.length, heldOut);
  }

  @Override
  public Stage stage() {
    return Stage.STATISTICS;
  }

  @Override
  public ImmutableList<String> featureNames() {
    return ImmutableList.of();
  }

  @Override
  public double[] logQuantiles(Features features, Lag lag) {
    return Shape.at(quantiles.toArray(), lag.averageOr(0), 1);
  }

  @Override
  public double demand(Features features) {
    return quantiles.get(quantiles.length() / 2);
  }

  @Override
  public double familiarity(Features features) {
    return 1;
  }
}
