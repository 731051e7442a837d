package io.swarmpilot.predictor.calibrate;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import io.swarmpilot.predictor.model.Grids;
import java.util.Arrays;

/// How good the last [#WINDOW] predictions of a stream were. Not thread-safe.
public final class Accuracy {
  /// Most executions that figures rest on.
  public static final int WINDOW = 1_000;

  /// The central intervals that are watched.
  private static final ImmutableList<Level> LEVELS =
      AccuracyFigures.LEVELS.stream().map(Level::of).collect(ImmutableList.toImmutableList());

  private static final Level SHARPNESS = Level.of(0.9);
  private static final int MEDIAN = Grids.fine().length / 2;
  private static final int TENTHS = 10;

  /// Times that differ by less are the same.
  private static final double ROUNDING = 1e-9;

  private final Ring actual = new Ring(WINDOW);
  private final Ring pinball = new Ring(WINDOW);
  private final Ring crps = new Ring(WINDOW);
  private final Ring bias = new Ring(WINDOW);
  private final Ring relative = new Ring(WINDOW);
  private final Ring width = new Ring(WINDOW);
  private final Ring probability = new Ring(WINDOW);

  /// How many of the intervals held: they lie within each other, so it tells which.
  private final Ring held = new Ring(WINDOW);

  private long total;

  /// Takes in one execution.
  ///
  /// @param quantilesMs what was predicted, ms at [Grids#fine()], ascending
  /// @param meanMs the mean that was predicted, ms
  /// @param actualMs the time it took, ms
  public void add(double[] quantilesMs, double meanMs, double actualMs) {
    actual.add(actualMs);
    pinball.add(Scores.pinball(quantilesMs, actualMs));
    crps.add(Scores.crps(quantilesMs, actualMs));
    bias.add(actualMs - meanMs);
    relative.add(Math.abs(actualMs - quantilesMs[MEDIAN]) / actualMs);
    width.add(SHARPNESS.width(quantilesMs));
    probability.add(Scores.probability(quantilesMs, actualMs));
    held.add(LEVELS.stream().mapToInt(level -> level.holds(quantilesMs, actualMs) ? 1 : 0).sum());
    total++;
  }

  /// The figures over the last executions; all 0 when there are none.
  public AccuracyFigures figures() {
    ImmutableDoubleArray.Builder coverage = ImmutableDoubleArray.builder(LEVELS.size());
    for (int level = 0; level < LEVELS.size(); level++) {
      coverage.add(held.share(LEVELS.size() - level, Double.POSITIVE_INFINITY));
    }
    ImmutableDoubleArray.Builder tenths = ImmutableDoubleArray.builder(TENTHS);
    for (int tenth = 0; tenth < TENTHS; tenth++) {
      tenths.add(probability.share(tenth / (double) TENTHS, (tenth + 1) / (double) TENTHS));
    }
    return new AccuracyFigures(
        actual.size(),
        total,
        coverage.build(),
        actual.mean(),
        pinball.mean(),
        crps.mean(),
        bias.mean(),
        bias.meanSize(),
        relative.mean(),
        width.mean(),
        tenths.build());
  }

  /// A central interval.
  ///
  /// @param lower index of its lower end in the grid
  /// @param upper index of its upper end
  private record Level(int lower, int upper) {
    /// The one of a probability whose ends are in the grid, to within rounding.
    static Level of(double probability) {
      double[] grid = Grids.fine();
      int lower = -Arrays.binarySearch(grid, (1 - probability) / 2 - ROUNDING) - 1;
      return new Level(lower, grid.length - 1 - lower);
    }

    double width(double[] quantiles) {
      return quantiles[upper] - quantiles[lower];
    }

    boolean holds(double[] quantiles, double value) {
      double tolerance = ROUNDING * value;
      return value >= quantiles[lower] - tolerance && value <= quantiles[upper] + tolerance;
    }
  }
}
