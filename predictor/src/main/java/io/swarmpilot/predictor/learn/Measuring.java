package io.swarmpilot.predictor.learn;

import com.google.common.collect.ImmutableMap;
import io.swarmpilot.predictor.model.Grids;
import io.swarmpilot.predictor.model.QuantileDistribution;
import java.util.Arrays;
import java.util.List;

/// Measures how well a model predicts samples that it was not trained on.
final class Measuring {
  private static final double[] LEVELS = {0.8, 0.9, 0.95};
  private static final double[] GRID = Grids.fine();

  private final double[] pinball = new double[GRID.length];
  private final int[] covered = new int[LEVELS.length];
  private double absolute;
  private double relative;
  private double sum;
  private int count;

  private Measuring() {}

  /// Predicts the samples from the index `from` on, as they came.
  static HeldOut measure(TrainedModel model, List<Sample> samples, int from) {
    Measuring measuring = new Measuring();
    TrainingRows.Slowdowns slowdowns = new TrainingRows.Slowdowns();
    for (int i = 0; i < samples.size(); i++) {
      Sample sample = samples.get(i);
      if (i >= from) {
        double[] quantiles = model.logQuantiles(sample.features(), slowdowns.of(sample));
        measuring.add(Arrays.stream(quantiles).map(Math::exp).toArray(), sample.milliseconds());
      }
      slowdowns.completed(
          sample, Math.log(sample.milliseconds()) - model.demand(sample.features()));
    }
    return measuring.result();
  }

  private void add(double[] quantiles, double actual) {
    QuantileDistribution predicted = QuantileDistribution.of(GRID, quantiles);
    for (int i = 0; i < GRID.length; i++) {
      double over = actual - quantiles[i];
      pinball[i] += over >= 0 ? GRID[i] * over : (GRID[i] - 1) * over;
    }
    for (int i = 0; i < LEVELS.length; i++) {
      double tail = (1 - LEVELS[i]) / 2;
      if (actual >= predicted.quantile(tail) && actual <= predicted.quantile(1 - tail)) {
        covered[i]++;
      }
    }
    absolute += Math.abs(actual - predicted.mean());
    relative += Math.abs(actual - predicted.quantile(0.5)) / actual;
    sum += actual;
    count++;
  }

  private HeldOut result() {
    ImmutableMap.Builder<Double, Double> losses = ImmutableMap.builder();
    for (int i = 0; i < GRID.length; i++) {
      losses.put(GRID[i], pinball[i] / count);
    }
    ImmutableMap.Builder<Double, Double> coverage = ImmutableMap.builder();
    for (int i = 0; i < LEVELS.length; i++) {
      coverage.put(LEVELS[i], (double) covered[i] / count);
    }
    return new HeldOut(
        count,
        losses.buildOrThrow(),
        coverage.buildOrThrow(),
        absolute / count,
        relative / count,
        sum / count);
  }
}
