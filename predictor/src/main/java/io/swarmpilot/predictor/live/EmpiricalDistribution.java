package io.swarmpilot.predictor.live;

import io.swarmpilot.predictor.model.Grids;
import io.swarmpilot.predictor.model.Method;
import io.swarmpilot.predictor.model.Prediction;
import io.swarmpilot.predictor.model.QuantileDistribution;
import java.util.Arrays;

/// The distribution of observed execution times.
final class EmpiricalDistribution {
  /// From this many executions on their own spread is believed.
  static final int ENOUGH = 20;

  /// Where four imagined executions lie around the median of fewer: normal quantiles at 1/8, 3/8,
  /// 5/8 and 7/8 with a spread of one half in the logarithm. One execution must not pass for a
  /// certainty.
  private static final double[] IMAGINED = {-0.575, -0.159, 0.159, 0.575};

  private EmpiricalDistribution() {}

  /// The prediction that these logarithms of times (ms, at least one) give.
  ///
  /// Mean and standard deviation are those of the times themselves, not of the quantiles.
  static Prediction of(double[] logTimes, Method method, double confidence) {
    double[] times = sortedTimes(logTimes);
    double[] grid = Grids.fine();
    double[] values = new double[grid.length];
    for (int i = 0; i < grid.length; i++) {
      values[i] = quantile(times, grid[i]);
    }
    double mean = Arrays.stream(times).average().orElseThrow();
    double squares = 0;
    for (double time : times) {
      squares += (time - mean) * (time - mean);
    }
    return new Prediction(
        QuantileDistribution.of(grid, values),
        mean,
        Math.sqrt(squares / times.length),
        method,
        confidence);
  }

  private static double[] sortedTimes(double[] logTimes) {
    double[] sorted = logTimes.clone();
    Arrays.sort(sorted);
    if (sorted.length < ENOUGH) {
      double median = quantile(sorted, 0.5);
      int observed = sorted.length;
      sorted = Arrays.copyOf(sorted, observed + IMAGINED.length);
      for (int i = 0; i < IMAGINED.length; i++) {
        sorted[observed + i] = median + IMAGINED[i];
      }
      Arrays.sort(sorted);
    }
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = Math.exp(sorted[i]);
    }
    return sorted;
  }

  /// The order statistic at `p (n + 1)`, interpolated: the next execution stays below it with
  /// probability `p` even when there are few. (`p (n - 1)`, more common, would promise 90 % and
  /// keep 81 % with twenty executions.)
  private static double quantile(double[] sorted, double probability) {
    double position = Math.clamp(probability * (sorted.length + 1) - 1, 0, sorted.length - 1);
    int below = (int) position;
    if (below == sorted.length - 1) {
      return sorted[below];
    }
    return sorted[below] + (position - below) * (sorted[below + 1] - sorted[below]);
  }
}
