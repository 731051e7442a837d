package io.swarmpilot.predictor.live;

/// How the logarithm of the execution time rises with a few features: least squares with a ridge,
/// so that features that hardly vary, or vary together, do no harm.
final class LogLinearFit {
  /// Weight of the ridge, in observations of variance one: slopes seen on little evidence stay near
  /// zero.
  private static final double RIDGE = 2;

  private LogLinearFit() {}

  /// The slope of each feature.
  ///
  /// @param features a row of values per feature; NaN where an observation lacks it
  /// @param outcome the logarithms of the times
  /// @param count how many observations there are, the first ones of each row
  static double[] slopes(double[][] features, double[] outcome, int count) {
    int n = features.length;
    double outcomeMean = mean(outcome, count);
    double[] means = new double[n];
    for (int i = 0; i < n; i++) {
      means[i] = mean(features[i], count);
    }
    double[][] matrix = new double[n][n];
    double[] right = new double[n];
    for (int s = 0; s < count; s++) {
      for (int i = 0; i < n; i++) {
        double x = centred(features[i][s], means[i]);
        right[i] += x * (outcome[s] - outcomeMean);
        for (int j = 0; j <= i; j++) {
          matrix[i][j] += x * centred(features[j][s], means[j]);
        }
      }
    }
    for (int i = 0; i < n; i++) {
      matrix[i][i] += RIDGE;
    }
    return solve(matrix, right);
  }

  /// A lacking value counts as the mean: it says nothing.
  private static double centred(double value, double mean) {
    return Double.isNaN(value) ? 0 : value - mean;
  }

  private static double mean(double[] values, int count) {
    double sum = 0;
    int present = 0;
    for (int i = 0; i < count; i++) {
      if (!Double.isNaN(values[i])) {
        sum += values[i];
        present++;
      }
    }
    return present == 0 ? 0 : sum / present;
  }

  /// Solves a symmetric positive definite system, given by its lower triangle, by Cholesky's
  /// decomposition. The ridge makes it definite.
  private static double[] solve(double[][] a, double[] b) {
    int n = b.length;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = a[i][j];
        for (int k = 0; k < j; k++) {
          sum -= a[i][k] * a[j][k];
        }
        a[i][j] = i == j ? Math.sqrt(sum) : sum / a[j][j];
      }
    }
    double[] x = b.clone();
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < i; k++) {
        x[i] -= a[i][k] * x[k];
      }
      x[i] /= a[i][i];
    }
    for (int i = n - 1; i >= 0; i--) {
      for (int k = i + 1; k < n; k++) {
        x[i] -= a[k][i] * x[k];
      }
      x[i] /= a[i][i];
    }
    return x;
  }
}
