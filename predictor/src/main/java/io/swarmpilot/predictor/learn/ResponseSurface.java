package io.swarmpilot.predictor.learn;

import com.google.common.primitives.ImmutableDoubleArray;
import com.google.common.primitives.ImmutableIntArray;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A straight line in the logarithms, bent by products of those pairs of features that matter.
///
/// Outside the ranges seen the line goes on for a factor of eight, the products stop at once: a
/// power law may be trusted a little further, its bend may not.
///
/// @param intercept value at the mean of all terms
/// @param low least value of each column that was seen
/// @param high greatest value of each column that was seen
/// @param typical mean of each column; stands for a missing value
/// @param pairs columns of each product, two for each, perhaps the same one twice
/// @param means mean of each term: the columns, then the products
/// @param weights weight of each term
public record ResponseSurface(
    double intercept,
    ImmutableDoubleArray low,
    ImmutableDoubleArray high,
    ImmutableDoubleArray typical,
    ImmutableIntArray pairs,
    ImmutableDoubleArray means,
    ImmutableDoubleArray weights) {
  private static final double REACH = Math.log(8);
  private static final int MOST_PAIRS = 36;
  private static final int MOST_PAIRED = 10;

  /// Fewest rows for each product, lest they fit the noise.
  private static final int ROWS_PER_PAIR = 15;

  /// Square of a correlation times rows that chance exceeds once in twenty.
  private static final double SIGNIFICANT = 3.84;

  /// A fit, and what it leaves of each row when made without it.
  ///
  /// @param surface the fit
  /// @param residuals one for each row
  record Fit(ResponseSurface surface, ImmutableDoubleArray residuals) {}

  /// Fits rows; NaN in them stands for a missing value.
  ///
  /// @param ridge observations that draw each weight towards zero
  static Fit fit(double[][] rows, double[] outcome, double ridge) {
    int columns = rows[0].length;
    double[] low = new double[columns];
    double[] high = new double[columns];
    double[] typical = new double[columns];
    for (int c = 0; c < columns; c++) {
      summarise(rows, c, low, high, typical);
    }
    ResponseSurface empty =
        new ResponseSurface(
            0,
            ImmutableDoubleArray.copyOf(low),
            ImmutableDoubleArray.copyOf(high),
            ImmutableDoubleArray.copyOf(typical),
            ImmutableIntArray.of(),
            ImmutableDoubleArray.of(),
            ImmutableDoubleArray.of());
    Fit straight = empty.fitted(rows, outcome, ImmutableIntArray.of(), ridge);
    ImmutableIntArray pairs = choosePairs(straight, empty, rows);
    if (pairs.isEmpty()) {
      return straight;
    }
    Fit bent = empty.fitted(rows, outcome, pairs, ridge);
    return squares(bent.residuals) < squares(straight.residuals) ? bent : straight;
  }

  /// The value of a row.
  double at(double[] row) {
    double value = intercept;
    int columns = low.length();
    for (int c = 0; c < columns; c++) {
      value += weights.get(c) * (within(row, c, REACH) - means.get(c));
    }
    for (int k = 0; k < pairs.length() / 2; k++) {
      double product = within(row, pairs.get(2 * k), 0) * within(row, pairs.get(2 * k + 1), 0);
      value += weights.get(columns + k) * (product - means.get(columns + k));
    }
    return value;
  }

  private double within(double[] row, int column, double reach) {
    double value = row[column];
    return Double.isNaN(value)
        ? typical.get(column)
        : Math.clamp(value, low.get(column) - reach, high.get(column) + reach);
  }

  private Fit fitted(double[][] rows, double[] outcome, ImmutableIntArray products, double ridge) {
    double[][] terms = new double[rows.length][];
    for (int r = 0; r < rows.length; r++) {
      terms[r] = terms(rows[r], products);
    }
    RidgeRegression fit = RidgeRegression.fit(terms, outcome, ridge);
    return new Fit(
        new ResponseSurface(
            fit.intercept(), low, high, typical, products, fit.means(), fit.weights()),
        fit.residuals());
  }

  private double[] terms(double[] row, ImmutableIntArray products) {
    int columns = low.length();
    double[] terms = new double[columns + products.length() / 2];
    for (int c = 0; c < columns; c++) {
      terms[c] = within(row, c, 0);
    }
    for (int k = columns; k < terms.length; k++) {
      int pair = 2 * (k - columns);
      terms[k] = terms[products.get(pair)] * terms[products.get(pair + 1)];
    }
    return terms;
  }

  /// The pairs whose product, beyond the two columns alone, goes most with what the straight line
  /// leaves.
  private static ImmutableIntArray choosePairs(
      Fit straight, ResponseSurface empty, double[][] rows) {
    int paired = Math.min(MOST_PAIRED, empty.low.length());
    int most = Math.min(MOST_PAIRS, rows.length / ROWS_PER_PAIR);
    List<Pair> candidates = new ArrayList<>();
    for (int a = 0; a < paired; a++) {
      for (int b = a; b < paired; b++) {
        candidates.add(new Pair(a, b, correlation(straight.residuals, empty, rows, a, b)));
      }
    }
    ImmutableIntArray.Builder chosen = ImmutableIntArray.builder();
    candidates.stream()
        .filter(pair -> pair.correlation * pair.correlation * rows.length > SIGNIFICANT)
        .sorted(Comparator.comparingDouble(pair -> -Math.abs(pair.correlation)))
        .limit(most)
        .forEach(pair -> chosen.add(pair.a).add(pair.b));
    return chosen.build();
  }

  private static double correlation(
      ImmutableDoubleArray residuals, ResponseSurface empty, double[][] rows, int a, int b) {
    double[] products = new double[rows.length];
    double mean = 0;
    for (int r = 0; r < rows.length; r++) {
      products[r] =
          (empty.within(rows[r], a, 0) - empty.typical.get(a))
              * (empty.within(rows[r], b, 0) - empty.typical.get(b));
      mean += products[r] / rows.length;
    }
    double both = 0;
    double own = 0;
    double left = 0;
    for (int r = 0; r < rows.length; r++) {
      double centred = products[r] - mean;
      both += centred * residuals.get(r);
      own += centred * centred;
      left += residuals.get(r) * residuals.get(r);
    }
    return own == 0 || left == 0 ? 0 : both / Math.sqrt(own * left);
  }

  private static double squares(ImmutableDoubleArray numbers) {
    return numbers.stream().map(number -> number * number).sum();
  }

  private static void summarise(
      double[][] rows, int column, double[] low, double[] high, double[] typical) {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    double sum = 0;
    int count = 0;
    for (double[] row : rows) {
      if (!Double.isNaN(row[column])) {
        least = Math.min(least, row[column]);
        most = Math.max(most, row[column]);
        sum += row[column];
        count++;
      }
    }
    low[column] = count == 0 ? 0 : least;
    high[column] = count == 0 ? 0 : most;
    typical[column] = count == 0 ? 0 : sum / count;
  }

  private record Pair(int a, int b, double correlation) {}
}
