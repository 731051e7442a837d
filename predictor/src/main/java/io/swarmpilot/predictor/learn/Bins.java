package io.swarmpilot.predictor.learn;

import java.util.Arrays;

/// Columns of numbers, each sorted into at most 255 bins of about as many rows: what trees are
/// grown on. What lacks a number is in a bin of its own, above all others.
final class Bins {
  static final int MISSING = 255;

  private static final int MOST = 255;

  private final byte[][] bins;
  private final double[][] upper;

  private Bins(byte[][] bins, double[][] upper) {
    this.bins = bins;
    this.upper = upper;
  }

  /// Bins of these columns; NaN stands for a missing number.
  static Bins of(double[][] columns) {
    byte[][] bins = new byte[columns.length][];
    double[][] upper = new double[columns.length][];
    for (int c = 0; c < columns.length; c++) {
      upper[c] = bounds(columns[c]);
      bins[c] = assign(columns[c], upper[c]);
    }
    return new Bins(bins, upper);
  }

  /// How many columns there are.
  int columns() {
    return bins.length;
  }

  /// How many bins a column has, the one for missing numbers not counted.
  int count(int column) {
    return upper[column].length + 1;
  }

  /// The bins of a column, by row, as unsigned bytes.
  byte[] column(int column) {
    return bins[column];
  }

  /// The number between a bin and the one above it: rows up to that bin are at most this.
  double threshold(int column, int bin) {
    return bin < upper[column].length ? upper[column][bin] : Double.POSITIVE_INFINITY;
  }

  /// Bounds between bins, ascending: halfway between neighbouring numbers at equal shares of rows.
  private static double[] bounds(double[] column) {
    double[] sorted = Arrays.stream(column).filter(x -> !Double.isNaN(x)).sorted().toArray();
    double[] found = new double[MOST - 1];
    int count = 0;
    int perBin = Math.max(1, sorted.length / MOST);
    int last = 0;
    for (int i = 1; i < sorted.length && count < found.length; i++) {
      boolean boundary = sorted[i] > sorted[i - 1];
      if (boundary && i - last >= perBin) {
        found[count++] = sorted[i - 1] + (sorted[i] - sorted[i - 1]) / 2;
        last = i;
      }
    }
    return Arrays.copyOf(found, count);
  }

  private static byte[] assign(double[] column, double[] upper) {
    byte[] assigned = new byte[column.length];
    for (int row = 0; row < column.length; row++) {
      assigned[row] = (byte) (Double.isNaN(column[row]) ? MISSING : bin(upper, column[row]));
    }
    return assigned;
  }

  /// The first bin whose upper bound is not below the number.
  private static int bin(double[] upper, double number) {
    int found = Arrays.binarySearch(upper, number);
    return found >= 0 ? found : -found - 1;
  }
}
