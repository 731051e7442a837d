package io.swarmpilot.benchmark.measure;

/// A share of requests, and how sure it is: Wilson's interval, which holds for small numbers and
/// for shares near 0 and 1 too.
///
/// @param hits how many
/// @param of of how many
public record Proportion(long hits, long of) {
  /// Standard normal quantile of a two-sided 95 %.
  private static final double Z = 1.959963984540054;

  /// Refuses what is no share.
  public Proportion {
    if (hits < 0 || hits > of) {
      throw new IllegalArgumentException(hits + " of " + of);
    }
  }

  /// The share; 0 of nothing.
  public double share() {
    return of == 0 ? 0 : (double) hits / of;
  }

  /// What the true share is above, with 97.5 % confidence; 0 when nothing is known.
  public double atLeast() {
    return of == 0 ? 0 : Math.max(0, centre() - halfWidth());
  }

  /// What the true share is below, with 97.5 % confidence; 1 when nothing is known.
  public double atMost() {
    return of == 0 ? 1 : Math.min(1, centre() + halfWidth());
  }

  /// Whether the true share is as wanted.
  public Verdict verdict(double wanted) {
    if (atLeast() >= wanted) {
      return Verdict.MET;
    }
    return atMost() < wanted ? Verdict.MISSED : Verdict.UNDECIDED;
  }

  private double centre() {
    return (share() + Z * Z / (2 * of)) / (1 + Z * Z / of);
  }

  private double halfWidth() {
    double p = share();
    double variance = p * (1 - p) / of + Z * Z / (4.0 * of * of);
    return Z * Math.sqrt(variance) / (1 + Z * Z / of);
  }

  /// What a share says about what was wanted.
  public enum Verdict {
    /// It is surely so.
    MET,
    /// It is surely not so.
    MISSED,
    /// There were too few requests to tell.
    UNDECIDED
  }
}
