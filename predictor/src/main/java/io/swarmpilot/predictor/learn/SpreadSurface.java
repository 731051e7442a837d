package io.swarmpilot.predictor.learn;

import com.google.common.primitives.ImmutableDoubleArray;
import java.util.Arrays;

/// How widely tasks scatter around where they are expected, by what is known of them.
///
/// @param logSpread logarithm of the typical distance
/// @param least the least distance that is believed
public record SpreadSurface(ResponseSurface logSpread, double least) {
  /// A spread of nothing would make of a prediction a certainty.
  private static final double LEAST = 1e-4;

  /// A distance says little about its spread, so weights need more evidence than those of times.
  private static final double RIDGE = 10;

  /// Share of the mean distance that is added to each: the logarithm of next to nothing says
  /// nothing.
  private static final double FLOOR = 0.1;

  /// The spread of rows whose distances, one for each and not negative, are these.
  static SpreadSurface fit(double[][] rows, double[] distances) {
    double mean = Arrays.stream(distances).average().orElse(0);
    double least = Math.max(LEAST, FLOOR * mean);
    double[] logs = Arrays.stream(distances).map(d -> Math.log(d + least)).toArray();
    return new SpreadSurface(ResponseSurface.fit(rows, logs, RIDGE).surface(), least);
  }

  /// The spread at a row.
  double at(double[] row) {
    return Math.max(least, Math.exp(logSpread.at(row)));
  }

  /// The shape of these surprises, each in units of its own spread.
  ImmutableDoubleArray shape(double[][] rows, double[] surprises) {
    double[] relative = new double[surprises.length];
    for (int i = 0; i < relative.length; i++) {
      relative[i] = surprises[i] / at(rows[i]);
    }
    return ImmutableDoubleArray.copyOf(Shape.of(relative));
  }
}
