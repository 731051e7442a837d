package io.swarmpilot.predictor.learn;

import com.google.common.primitives.ImmutableDoubleArray;

/// Least squares with a ridge: weights of standardised columns are drawn towards zero, as if by a
/// few observations that say so.
///
/// @param intercept value where all columns are at their mean
/// @param means mean of each column
/// @param weights weight of each column, in its own unit
/// @param residuals what is left of each row when the fit is made without it (leave one out,
///   exactly)
record RidgeRegression(
    double intercept,
    ImmutableDoubleArray means,
    ImmutableDoubleArray weights,
    ImmutableDoubleArray residuals) {
  private static final double LEAST_SPREAD = 1e-9;

  /// Leverage beyond which a row's own residual says too little about the fit without it.
  private static final double MOST_LEVERAGE = 0.9;

  /// Fits rows, none of which may hold NaN.
  ///
  /// @param ridge weight of the ridge, in observations
  static RidgeRegression fit(double[][] rows, double[] outcome, double ridge) {
    int columns = rows[0].length;
    double[] means = new double[columns];
    double[] spreads = new double[columns];
    standardise(rows, means, spreads);
    double mean = mean(outcome);
    double[][] factor = new double[columns][columns];
    double[] right = new double[columns];
    accumulate(rows, outcome, means, spreads, mean, factor, right);
    for (int i = 0; i < columns; i++) {
      factor[i][i] += ridge;
    }
    decompose(factor);
    double[] weights = right.clone();
    forward(factor, weights);
    backward(factor, weights);
    double[] residuals = leaveOneOut(rows, outcome, means, spreads, mean, factor, weights);
    for (int i = 0; i < columns; i++) {
      weights[i] = spreads[i] == 0 ? 0 : weights[i] / spreads[i];
    }
    return new RidgeRegression(
        mean,
        ImmutableDoubleArray.copyOf(means),
        ImmutableDoubleArray.copyOf(weights),
        ImmutableDoubleArray.copyOf(residuals));
  }

  private static double mean(double[] numbers) {
    double sum = 0;
    for (double number : numbers) {
      sum += number;
    }
    return sum / numbers.length;
  }

  private static void standardise(double[][] rows, double[] means, double[] spreads) {
    for (double[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        means[i] += row[i] / rows.length;
      }
    }
    for (double[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        spreads[i] += (row[i] - means[i]) * (row[i] - means[i]) / rows.length;
      }
    }
    for (int i = 0; i < spreads.length; i++) {
      double spread = Math.sqrt(spreads[i]);
      spreads[i] = spread < LEAST_SPREAD ? 0 : spread;
    }
  }

  private static void accumulate(
      double[][] rows,
      double[] outcome,
      double[] means,
      double[] spreads,
      double mean,
      double[][] matrix,
      double[] right) {
    double[] z = new double[means.length];
    for (int r = 0; r < rows.length; r++) {
      standard(rows[r], means, spreads, z);
      for (int i = 0; i < z.length; i++) {
        right[i] += z[i] * (outcome[r] - mean);
        for (int j = 0; j <= i; j++) {
          matrix[i][j] += z[i] * z[j];
        }
      }
    }
  }

  private static void standard(double[] row, double[] means, double[] spreads, double[] z) {
    for (int i = 0; i < z.length; i++) {
      z[i] = spreads[i] == 0 ? 0 : (row[i] - means[i]) / spreads[i];
    }
  }

  private static double[] leaveOneOut(
      double[][] rows,
      double[] outcome,
      double[] means,
      double[] spreads,
      double mean,
      double[][] factor,
      double[] weights) {
    double[] residuals = new double[rows.length];
    double[] z = new double[means.length];
    for (int r = 0; r < rows.length; r++) {
      standard(rows[r], means, spreads, z);
      double residual = outcome[r] - mean;
      for (int i = 0; i < z.length; i++) {
        residual -= weights[i] * z[i];
      }
      forward(factor, z);
      double leverage = 1.0 / rows.length;
      for (double part : z) {
        leverage += part * part;
      }
      residuals[r] = residual / (1 - Math.min(leverage, MOST_LEVERAGE));
    }
    return residuals;
  }

  /// Cholesky's decomposition in place, of a symmetric positive definite matrix given by its lower
  /// triangle. The ridge makes it definite.
  private static void decompose(double[][] a) {
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = a[i][j];
        for (int k = 0; k < j; k++) {
          sum -= a[i][k] * a[j][k];
        }
        a[i][j] = i == j ? Math.sqrt(sum) : sum / a[j][j];
      }
    }
  }

  private static void forward(double[][] a, double[] x) {
    for (int i = 0; i < x.length; i++) {
      for (int k = 0; k < i; k++) {
        x[i] -= a[i][k] * x[k];
      }
      x[i] /= a[i][i];
    }
  }

  private static void backward(double[][] a, double[] x) {
    for (int i = x.length - 1; i >= 0; i--) {
      for (int k = i + 1; k < x.length; k++) {
        x[i] -= a[k][i] * x[k];
      }
      x[i] /= a[i][i];
    }
  }
}
