package io.swarmpilot.predictor.learn;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Samples as rows of numbers: their features, and the slowdown of the same instance just before.
final class TrainingRows {
  private final TaskDemand task;
  private final double[][] rows;
  private final double[] logTimes;

  private TrainingRows(TaskDemand task, double[][] rows, double[] logTimes) {
    this.task = task;
    this.rows = rows;
    this.logTimes = logTimes;
  }

  /// Rows of these samples, oldest first.
  static TrainingRows of(List<Sample> samples) {
    FeatureSpace space = FeatureSpace.of(samples);
    double[] logTimes =
        samples.stream().mapToDouble(sample -> Math.log(sample.milliseconds())).toArray();
    double[][] alone =
        samples.stream().map(sample -> space.row(sample.features(), 0)).toArray(double[][]::new);
    TaskDemand task = TaskDemand.of(space, alone, logTimes);
    Slowdowns slowdowns = new Slowdowns();
    double[][] rows = new double[samples.size()][];
    for (int i = 0; i < rows.length; i++) {
      Sample sample = samples.get(i);
      rows[i] = task.row(sample.features(), slowdowns.of(sample));
      slowdowns.completed(sample, logTimes[i] - task.surface().at(alone[i]));
    }
    return new TrainingRows(task, rows, logTimes);
  }

  /// What the features alone explain.
  TaskDemand task() {
    return task;
  }

  /// One row for each sample, not to be changed.
  double[][] rows() {
    return rows;
  }

  /// Logarithms of the times, ms, not to be changed.
  double[] logTimes() {
    return logTimes;
  }

  int count() {
    return rows.length;
  }

  /// The rows column by column.
  double[][] columns() {
    double[][] columns = new double[rows[0].length][rows.length];
    for (int r = 0; r < rows.length; r++) {
      for (int c = 0; c < columns.length; c++) {
        columns[c][r] = rows[r][c];
      }
    }
    return columns;
  }

  /// The recent slowdown of each instance while samples go by.
  static final class Slowdowns {
    private final Map<String, Lag> byInstance = new HashMap<>();

    Lag of(Sample sample) {
      return byInstance.getOrDefault(sample.instance(), Lag.NONE);
    }

    /// Samples of no known instance tell nothing about one.
    void completed(Sample sample, double logRatio) {
      if (!sample.instance().isEmpty()) {
        byInstance.put(sample.instance(), of(sample).then(logRatio));
      }
    }
  }
}
