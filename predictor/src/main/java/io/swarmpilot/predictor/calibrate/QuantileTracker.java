package io.swarmpilot.predictor.calibrate;

import io.swarmpilot.predictor.model.Grids;
import java.util.Arrays;

/// Learns how far each quantile is off, one execution at a time.
///
/// Each offset rises a little when the execution took longer than its quantile, and falls when it
/// took less, by as much as keeps it in place when the quantile holds. The step is a share of the
/// typical residual: a fixed one winds up where times are even. Not thread-safe.
final class QuantileTracker {
  /// Found by measuring: smaller follows slow changes too late, larger makes tails noisy.
  private static final double STEP = 0.03;

  private static final double HURRY = 4;
  private static final int HURRIED_EXECUTIONS = 200;

  /// Executions that the typical residual is an average of.
  private static final int MEMORY = 200;

  private static final double[] PROBABILITIES = Grids.fine();
  private static final int MEDIAN = PROBABILITIES.length / 2;

  private final double[] offsets;
  private double residual;
  private int executions;
  private int hurried;

  private QuantileTracker(double[] offsets) {
    this.offsets = offsets;
  }

  /// Starts from quantiles as they are.
  QuantileTracker() {
    this(new double[PROBABILITIES.length]);
  }

  /// Starts from what past executions say of the same model.
  ///
  /// @param logQuantiles what the model said of each, at [Grids#fine()]
  /// @param logTimes logarithm of the time (ms) that each took
  static QuantileTracker startedFrom(double[][] logQuantiles, double[] logTimes) {
    QuantileTracker tracker = new QuantileTracker();
    double[] distances = new double[logTimes.length];
    if (distances.length == 0) {
      return tracker;
    }
    for (int k = 0; k < PROBABILITIES.length; k++) {
      for (int i = 0; i < distances.length; i++) {
        distances[i] = logTimes[i] - logQuantiles[i][k];
      }
      Arrays.sort(distances);
      tracker.offsets[k] = quantile(distances, PROBABILITIES[k]);
    }
    for (int i = 0; i < distances.length; i++) {
      tracker.note(logTimes[i] - logQuantiles[i][MEDIAN] - tracker.offsets[MEDIAN]);
    }
    return tracker;
  }

  /// The order statistic at `p (n + 1)`, interpolated: of few executions the outermost.
  private static double quantile(double[] sorted, double probability) {
    double position = Math.clamp(probability * (sorted.length + 1) - 1, 0, sorted.length - 1);
    int below = (int) position;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }

  /// Learns from an execution.
  ///
  /// @param logQuantiles what the model said of it, without offsets
  /// @param logTime logarithm of the time (ms) it took
  void learn(double[] logQuantiles, double logTime) {
    note(logTime - logQuantiles[MEDIAN] - offsets[MEDIAN]);
    double step = STEP * residual * (hurried > 0 ? HURRY : 1);
    hurried = Math.max(0, hurried - 1);
    for (int k = 0; k < offsets.length; k++) {
      boolean within = logTime <= logQuantiles[k] + offsets[k];
      offsets[k] += step * (PROBABILITIES[k] - (within ? 1 : 0));
    }
  }

  /// Moves all quantiles at once, and learns faster for a while: after a drift the spread is still
  /// about right, the place is not.
  void shift(double distance) {
    for (int k = 0; k < offsets.length; k++) {
      offsets[k] += distance;
    }
    hurried = HURRIED_EXECUTIONS;
  }

  /// What has been learned.
  ///
  /// @param spread factor to widen by, at least 1
  Calibration calibration(double spread) {
    return Calibration.of(offsets, spread);
  }

  private void note(double distance) {
    executions++;
    residual += (Math.abs(distance) - residual) / Math.min(executions, MEMORY);
  }
}
