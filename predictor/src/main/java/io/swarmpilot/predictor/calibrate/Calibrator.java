package io.swarmpilot.predictor.calibrate;

import io.swarmpilot.predictor.model.Grids;
import java.util.Arrays;

/// Calibrates one stream of predictions by the executions that follow: tracks each quantile, and
/// after a drift moves them all at once and widens them for a while. Not thread-safe.
public final class Calibrator {
  /// How much wider quantiles are made after a drift.
  private static final double SPREAD = 1.5;

  /// Executions after a drift until quantiles are no longer widened: by then enough is known again.
  private static final int WIDENED_EXECUTIONS = 50;

  /// Past executions from which on their quantiles tell more than those of the model.
  private static final int ENOUGH = 100;

  /// Executions that tell how far a drift went.
  private static final int RECENT = 10;

  /// What is no drift, however narrow the prediction: 2 % of the time.
  private static final double NEGLIGIBLE = 0.02;

  private static final int MEDIAN = Grids.fine().length / 2;

  private final QuantileTracker tracker;
  private final DriftDetector detector = new DriftDetector();
  private final double[] recent = new double[RECENT];
  private int executions;
  private int widened;

  private Calibrator(QuantileTracker tracker) {
    this.tracker = tracker;
  }

  /// Starts from quantiles as they are.
  public Calibrator() {
    this(new QuantileTracker());
  }

  /// Starts from what past executions say of the same model; from quantiles as they are when there
  /// are less than [#ENOUGH].
  ///
  /// @param logQuantiles what the model said of each, at [Grids#fine()]
  /// @param logTimes logarithm of the time (ms) that each took
  public static Calibrator startedFrom(double[][] logQuantiles, double[] logTimes) {
    return logTimes.length < ENOUGH
        ? new Calibrator()
        : new Calibrator(QuantileTracker.startedFrom(logQuantiles, logTimes));
  }

  /// What is to be added to quantiles now.
  public Calibration calibration() {
    return tracker.calibration(widened > 0 ? SPREAD : 1);
  }

  /// Learns from an execution; whether it gives away a drift.
  ///
  /// @param logQuantiles what the model said of it, before calibration, at [Grids#fine()]
  /// @param logTime logarithm of the time (ms) it took
  public boolean learn(double[] logQuantiles, double logTime) {
    double[] stated = tracker.calibration(1).apply(logQuantiles);
    double distance = logTime - stated[MEDIAN];
    recent[executions % RECENT] = distance;
    executions++;
    widened = Math.max(0, widened - 1);
    double score = Math.abs(distance) < NEGLIGIBLE ? 0 : Scores.normal(stated, logTime);
    boolean drift = detector.add(score) && executions >= RECENT;
    if (drift) {
      double[] distances = recent.clone();
      Arrays.sort(distances);
      tracker.shift(distances[RECENT / 2]);
      widened = WIDENED_EXECUTIONS;
    }
    tracker.learn(logQuantiles, logTime);
    return drift;
  }
}
