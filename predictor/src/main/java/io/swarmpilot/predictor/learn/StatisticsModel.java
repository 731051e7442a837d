package io.swarmpilot.predictor.learn;

import com.google.common.collect.ImmutableList;
import io.swarmpilot.predictor.feature.Features;
import io.swarmpilot.predictor.model.Grids;
import java.util.Arrays;

/// The distribution of all samples, whatever their features.
///
/// @param logQuantiles logarithms of the times (ms) at [Grids#fine()], ascending
/// @param rows how many samples they are of
/// @param heldOut how well it did
record StatisticsModel(double[] logQuantiles, int rows, HeldOut heldOut) implements TrainedModel {
  static StatisticsModel of(double[] logTimes, HeldOut heldOut) {
    double[] sorted = logTimes.clone();
    Arrays.sort(sorted);
    double[] quantiles =
        Arrays.stream(Grids.fine()).map(probability -> quantile(sorted, probability)).toArray();
    return new StatisticsModel(quantiles, sorted.length, heldOut);
  }

  /// The order statistic at `p (n + 1)`, interpolated.
  private static double quantile(double[] sorted, double probability) {
    double position = Math.clamp(probability * (sorted.length + 1) - 1, 0, sorted.length - 1);
    int below = (int) position;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
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
    double[] shifted = logQuantiles.clone();
    double shift = Double.isNaN(lag.average()) ? 0 : lag.average();
    for (int i = 0; i < shifted.length; i++) {
      shifted[i] += shift;
    }
    return shifted;
  }

  @Override
  public double demand(Features features) {
    return logQuantiles[logQuantiles.length / 2];
  }

  @Override
  public double familiarity(Features features) {
    return 1;
  }
}
