package io.swarmpilot.predictor.learn;

import java.util.ArrayList;
import java.util.List;

/// What boosted trees make of rows that they were not grown on: after how many of them it is least
/// wrong, and what it then leaves.
final class LeftOut {
  private final double[][] data;
  private final double[] outcome;

  /// Squared error after each number of trees, over the rows judged.
  private final double[] errors;

  private final List<Judged> judged = new ArrayList<>();

  /// @param outcome what the trees explain, by row
  /// @param rounds most trees of an ensemble
  LeftOut(double[][] data, double[] outcome, int rounds) {
    this.data = data;
    this.outcome = outcome;
    this.errors = new double[rounds + 1];
  }

  /// Judges an ensemble by rows that it was not grown on.
  void judge(Ensemble trees, int... rows) {
    double[] after = new double[errors.length];
    for (int row : rows) {
      trees.valuesAfterEach(data[row], after);
      for (int i = 0; i < after.length; i++) {
        double error = outcome[row] - after[i];
        errors[i] += error * error;
      }
    }
    judged.add(new Judged(trees, rows));
  }

  /// The number of trees that is least wrong.
  int rounds() {
    int best = 0;
    for (int i = 1; i < errors.length; i++) {
      best = errors[i] < errors[best] ? i : best;
    }
    return best;
  }

  /// What that number of trees leaves of each row.
  double[] surprises() {
    int best = rounds();
    double[] surprises = new double[outcome.length];
    double[] after = new double[errors.length];
    for (Judged part : judged) {
      for (int row : part.rows) {
        part.trees.valuesAfterEach(data[row], after);
        surprises[row] = outcome[row] - after[best];
      }
    }
    return surprises;
  }

  private static final class Judged {
    private final Ensemble trees;
    private final int[] rows;

    Judged(Ensemble trees, int... rows) {
      this.trees = trees;
      this.rows = rows;
    }
  }
}
