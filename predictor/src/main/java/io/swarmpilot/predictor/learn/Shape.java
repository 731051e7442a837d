package io.swarmpilot.predictor.learn;

import io.swarmpilot.predictor.model.Grids;
import java.util.Arrays;

/// The quantiles of a sample at [Grids#fine()].
final class Shape {
  private static final double[] GRID = Grids.fine();

  private Shape() {}

  /// Quantiles of these numbers (at least one): the order statistic at `p (n + 1)`, interpolated,
  /// so that the next one stays below it with probability `p` even when there are few.
  static double[] of(double[] numbers) {
    double[] sorted = numbers.clone();
    Arrays.sort(sorted);
    double[] quantiles = new double[GRID.length];
    for (int i = 0; i < GRID.length; i++) {
      quantiles[i] = quantile(sorted, GRID[i]);
    }
    return quantiles;
  }

  /// The quantiles that this shape has when it is moved and stretched.
  static double[] at(double[] shape, double location, double scale) {
    double[] quantiles = new double[shape.length];
    for (int i = 0; i < shape.length; i++) {
      quantiles[i] = location + scale * shape[i];
    }
    return quantiles;
  }

  private static double quantile(double[] sorted, double probability) {
    double position = Math.clamp(probability * (sorted.length + 1) - 1, 0, sorted.length - 1);
    int below = (int) position;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }
}
