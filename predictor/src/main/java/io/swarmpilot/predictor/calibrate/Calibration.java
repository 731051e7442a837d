package io.swarmpilot.predictor.calibrate;

import io.swarmpilot.predictor.model.Grids;
import java.util.Arrays;

/// What is added to the quantiles of a model so that they hold. Immutable.
public final class Calibration {
  /// Leaves quantiles as they are.
  public static final Calibration NONE = new Calibration(new double[Grids.fine().length], 1);

  private static final int MEDIAN = Grids.fine().length / 2;

  /// Bounds what a logarithm of a time (ms) may be, so that the time is a finite number.
  private static final double MOST = 60;

  private final double[] offsets;
  private final double spread;

  private Calibration(double[] offsets, double spread) {
    this.offsets = offsets;
    this.spread = spread;
  }

  /// Adds these offsets, then widens.
  ///
  /// @param offsets for the logarithms of the quantiles at [Grids#fine()]
  /// @param spread factor of the distances to the median, at least 1
  static Calibration of(double[] offsets, double spread) {
    return new Calibration(offsets.clone(), spread);
  }

  /// Whether quantiles are made wider on purpose.
  public boolean isWidened() {
    return spread > 1;
  }

  /// The quantiles as they are stated.
  ///
  /// @param logQuantiles of a model, logarithms of times (ms) at [Grids#fine()]
  /// @return new, ascending, finite
  public double[] apply(double[] logQuantiles) {
    double[] stated = new double[logQuantiles.length];
    for (int k = 0; k < stated.length; k++) {
      stated[k] = Math.clamp(logQuantiles[k] + offsets[k], -MOST, MOST);
    }
    Arrays.sort(stated);
    if (spread > 1) {
      double median = stated[MEDIAN];
      for (int k = 0; k < stated.length; k++) {
        stated[k] = Math.clamp(median + spread * (stated[k] - median), -MOST, MOST);
      }
    }
    return stated;
  }
}
