package io.swarmpilot.predictor.quality;

import io.swarmpilot.predictor.model.Grids;
import io.swarmpilot.predictor.quality.QuantileLearner.QuantilePredictor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The simple ways: a table of what was measured, and a straight line.
final class Baselines {
  private static final int LEAST_OF_A_BUCKET = 5;
  private static final double RIDGE = 1e-3;

  private Baselines() {}

  /// A lookup table: for each set-up, quantiles by powers of two of the two token counts.
  static QuantileLearner lookupTable() {
    return learner("lookup table", Baselines::tabulate);
  }

  /// For each set-up a straight line in the logarithms of all features, and the quantiles around
  /// it.
  static QuantileLearner linear() {
    return learner("linear per set-up", Baselines::fitLines);
  }

  private static QuantilePredictor tabulate(Rows rows) {
    Map<String, double[]> table = new HashMap<>();
    rows.tasks().stream()
        .collect(Collectors.groupingBy(Baselines::bucket))
        .forEach((bucket, tasks) -> {
          if (tasks.size() >= LEAST_OF_A_BUCKET) {
            table.put(bucket, quantiles(tasks.stream().mapToDouble(Rows.Task::logTime).toArray()));
          }
        });
    double[] all = quantiles(rows.tasks().stream().mapToDouble(Rows.Task::logTime).toArray());
    return task -> table.getOrDefault(bucket(task), all);
  }

  private static String bucket(Rows.Task task) {
    double[] features = task.features();
    return task.instance()
        + "/"
        + Math.getExponent(features[0])
        + "/"
        + Math.getExponent(features[1]);
  }

  private static QuantilePredictor fitLines(Rows rows) {
    Map<Integer, Line> lines = new HashMap<>();
    rows.tasks().stream()
        .collect(Collectors.groupingBy(Rows.Task::instance))
        .forEach((instance, tasks) -> lines.put(instance, Line.fit(tasks)));
    return task -> {
      Line line = lines.get(task.instance());
      double middle = line.at(task);
      return Arrays.stream(line.rest).map(rest -> middle + rest).toArray();
    };
  }

  /// The order statistics at `p (n + 1)`, interpolated.
  private static double[] quantiles(double[] numbers) {
    Arrays.sort(numbers);
    return Arrays.stream(Grids.fine())
        .map(p -> {
          double position = Math.clamp(p * (numbers.length + 1) - 1, 0, numbers.length - 1);
          int below = (int) position;
          int above = Math.min(below + 1, numbers.length - 1);
          return numbers[below] + (position - below) * (numbers[above] - numbers[below]);
        })
        .toArray();
  }

  private static QuantileLearner learner(String name, Training training) {
    return new QuantileLearner() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public QuantilePredictor train(Rows rows) {
        return training.train(rows);
      }
    };
  }

  private interface Training {
    QuantilePredictor train(Rows rows);
  }

  private static final class Line {
    private final double[] weights;
    private final double[] rest;

    private Line(double[] weights, double[] rest) {
      this.weights = weights;
      this.rest = rest;
    }

    static Line fit(List<Rows.Task> tasks) {
      List<double[]> terms = new ArrayList<>();
      tasks.forEach(task -> terms.add(terms(task)));
      int n = terms.getFirst().length;
      double[][] matrix = new double[n][n + 1];
      for (int t = 0; t < tasks.size(); t++) {
        double[] term = terms.get(t);
        for (int i = 0; i < n; i++) {
          for (int j = 0; j < n; j++) {
            matrix[i][j] += term[i] * term[j];
          }
          matrix[i][n] += term[i] * tasks.get(t).logTime();
        }
      }
      for (int i = 0; i < n; i++) {
        matrix[i][i] += RIDGE;
      }
      Line line = new Line(solve(matrix), new double[0]);
      double[] rest = tasks.stream().mapToDouble(task -> task.logTime() - line.at(task)).toArray();
      return new Line(line.weights, quantiles(rest));
    }

    double at(Rows.Task task) {
      double[] terms = terms(task);
      return IntStream.range(0, terms.length).mapToDouble(i -> weights[i] * terms[i]).sum();
    }

    private static double[] terms(Rows.Task task) {
      double[] terms = new double[task.features().length + 1];
      terms[0] = 1;
      for (int i = 1; i < terms.length; i++) {
        terms[i] = Math.log1p(task.features()[i - 1]);
      }
      return terms;
    }

    /// Gauss and Jordan, on the matrix with its right side behind it.
    private static double[] solve(double[][] a) {
      int n = a.length;
      for (int i = 0; i < n; i++) {
        for (int row = 0; row < n; row++) {
          double factor = row == i ? 0 : a[row][i] / a[i][i];
          for (int c = i; c <= n && factor != 0; c++) {
            a[row][c] -= factor * a[i][c];
          }
        }
      }
      return IntStream.range(0, n).mapToDouble(i -> a[i][n] / a[i][i]).toArray();
    }
  }
}
