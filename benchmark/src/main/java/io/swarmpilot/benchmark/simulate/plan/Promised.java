package io.swarmpilot.benchmark.simulate.plan;

import io.swarmpilot.benchmark.simulate.measure.Row;
import java.util.Locale;

/// What users are promised: that a share of their tasks ends within so many times its unloaded
/// time.
///
/// @param times 3 or 5
/// @param share the share, above 0, below 1
public record Promised(int times, double share) {
  private static final int THREE = 3;
  private static final int FIVE = 5;

  /// Checks the ranges.
  ///
  /// @throws IllegalArgumentException naming the option that is out of its range
  public Promised {
    if (times != THREE && times != FIVE) {
      throw new IllegalArgumentException("--slo must be 3x or 5x");
    }
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException("--attain must be above 0 and below 1");
    }
  }

  /// The promise that `3x` means.
  ///
  /// @throws IllegalArgumentException when it is none
  public static Promised parse(String slo, double share) {
    return switch (slo.strip().toLowerCase(Locale.ROOT)) {
      case "3", "3x" -> new Promised(THREE, share);
      case "5", "5x" -> new Promised(FIVE, share);
      default -> throw new IllegalArgumentException("--slo must be 3x or 5x");
    };
  }

  double kept(Row row) {
    return times == THREE ? row.within3x() : row.within5x();
  }
}
