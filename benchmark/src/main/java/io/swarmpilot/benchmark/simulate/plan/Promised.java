package io.swarmpilot.benchmark.simulate.plan;

import io.swarmpilot.benchmark.simulate.measure.Bound;

/// What users are promised: that a share of their tasks keeps to a bound.
///
/// @param bound the bound
/// @param share the share, above 0, below 1
public record Promised(Bound bound, double share) {
  /// Checks the range.
  ///
  /// @throws IllegalArgumentException naming the option that is out of its range
  public Promised {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException("--attain must be above 0 and below 1");
    }
  }

  /// The promise that `3x`, `2.5x` or `800ms` means.
  ///
  /// @throws IllegalArgumentException when it is none
  public static Promised parse(String slo, double share) {
    return new Promised(Bound.parse(slo), share);
  }
}
