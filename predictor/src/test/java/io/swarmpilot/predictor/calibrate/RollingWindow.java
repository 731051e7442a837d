package io.swarmpilot.predictor.calibrate;

import io.swarmpilot.predictor.model.Grids;
import java.util.Arrays;

/// The alternative to tracking: each offset is that quantile of the last 500 residuals, computed
/// anew every 25 executions.
final class RollingWindow {
  private static final int WINDOW = 500;
  private static final int EVERY = 25;

  private final double[][] residuals = new double[Grids.fine().length][WINDOW];
  private final double[] offsets = new double[Grids.fine().length];
  private int executions;

  double[] apply(double[] logQuantiles) {
    double[] stated = new double[logQuantiles.length];
    Arrays.setAll(stated, k -> logQuantiles[k] + offsets[k]);
    Arrays.sort(stated);
    return stated;
  }

  void learn(double[] logQuantiles, double logTime) {
    for (int k = 0; k < offsets.length; k++) {
      residuals[k][executions % WINDOW] = logTime - logQuantiles[k];
    }
    executions++;
    if (executions % EVERY == 0) {
      int size = Math.min(executions, WINDOW);
      for (int k = 0; k < offsets.length; k++) {
        double[] sorted = Arrays.copyOf(residuals[k], size);
        Arrays.sort(sorted);
        double position = Math.clamp(Grids.fine()[k] * (size + 1) - 1, 0, size - 1);
        offsets[k] = sorted[(int) Math.round(position)];
      }
    }
  }
}
