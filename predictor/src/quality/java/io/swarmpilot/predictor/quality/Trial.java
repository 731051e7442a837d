package io.swarmpilot.predictor.quality;

import io.swarmpilot.predictor.calibrate.Calibrator;
import io.swarmpilot.predictor.model.Grids;
import io.swarmpilot.predictor.model.QuantileDistribution;
import io.swarmpilot.predictor.quality.QuantileLearner.QuantilePredictor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// Plays the tasks that came after those trained on, in their order: predicts each, then learns how
/// far off it was, for each instance apart.
///
/// The calibrator is the one of the running predictor, and everybody is given one: raw and
/// calibrated quantiles are compared with those of the others alike.
final class Trial {
  private static final double[] GRID = Grids.fine();
  private static final double[] LEVELS = {0.8, 0.9, 0.95};
  private static final int RECOVERY = 500;

  private final Rows rows;
  private final int calibrateFrom;
  private final int testFrom;
  private final int drift;

  /// @param drift index of the task from which on the load is double
  Trial(Rows rows, int calibrateFrom, int testFrom, int drift) {
    this.rows = rows;
    this.calibrateFrom = calibrateFrom;
    this.testFrom = testFrom;
    this.drift = drift;
  }

  /// How good predictions of the test part are.
  ///
  /// @param raw as they come
  /// @param calibrated after calibration
  /// @param recovered after calibration, without the first 500 executions of each instance after
  ///   the drift
  record Result(Score raw, Score calibrated, Score recovered) {}

  Result run(QuantilePredictor predictor) {
    Tally raw = new Tally();
    Tally calibrated = new Tally();
    Tally recovered = new Tally();
    Map<Integer, Calibrator> calibrators = new HashMap<>();
    Map<Integer, Integer> sinceDrift = new HashMap<>();
    for (int i = calibrateFrom; i < rows.size(); i++) {
      Rows.Task task = rows.get(i);
      double[] stated = predictor.logQuantiles(task);
      Calibrator calibrator =
          calibrators.computeIfAbsent(task.instance(), instance -> new Calibrator());
      double[] better = calibrator.calibration().apply(stated);
      int executions =
          i < drift ? RECOVERY : sinceDrift.merge(task.instance(), 1, Integer::sum) - 1;
      if (i >= testFrom) {
        raw.add(stated, task);
        calibrated.add(better, task);
        if (executions >= RECOVERY) {
          recovered.add(better, task);
        }
      }
      calibrator.learn(stated, task.logTime());
    }
    return new Result(raw.score(), calibrated.score(), recovered.score());
  }

  /// @param pinball mean pinball loss as a share of the mean time
  /// @param coverage share within the central 80, 90 and 95 %, in percent, as text
  record Score(double pinball, String coverage, int tasks) {}

  private static final class Tally {
    private final int[] within = new int[LEVELS.length];
    private double loss;
    private double time;
    private int count;

    void add(double[] logQuantiles, Rows.Task task) {
      double actual = task.milliseconds();
      double[] values = Arrays.stream(logQuantiles).map(Math::exp).toArray();
      QuantileDistribution predicted = QuantileDistribution.of(GRID, values);
      for (int k = 0; k < GRID.length; k++) {
        double over = actual - values[k];
        loss += over >= 0 ? GRID[k] * over : (GRID[k] - 1) * over;
      }
      for (int l = 0; l < LEVELS.length; l++) {
        double tail = (1 - LEVELS[l]) / 2;
        boolean held = actual >= predicted.quantile(tail) && actual <= predicted.quantile(1 - tail);
        within[l] += held ? 1 : 0;
      }
      time += actual;
      count++;
    }

    Score score() {
      String coverage =
          "%.1f/%.1f/%.1f"
              .formatted(
                  100.0 * within[0] / count, 100.0 * within[1] / count, 100.0 * within[2] / count);
      return new Score(loss / GRID.length / time, coverage, count);
    }
  }
}
