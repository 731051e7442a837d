package io.swarmpilot.benchmark.load;

/// Finds the highest rate that a server bears, by trying rates: doubled while they are borne,
/// halved between the last that was and the first that was not.
public final class RateSearch {
  private static final double LEAST = 1e-3;

  private final double precision;
  private double next;
  private double borne;
  private double notBorne = Double.POSITIVE_INFINITY;

  /// Nothing tried yet.
  ///
  /// @param first rate to try, requests a second
  /// @param precision at which it ends: how far apart the two rates may be, as a share; 0.01 to 1
  public RateSearch(double first, double precision) {
    if (!(precision >= 0.01 && precision <= 1)) {
      throw new IllegalArgumentException("the precision must be from 0.01 to 1, not " + precision);
    }
    Rate.Steady _ = new Rate.Steady(first);
    this.next = first;
    this.precision = precision;
  }

  /// Whether there is nothing left to try.
  public boolean isOver() {
    return (borne > 0 && notBorne <= borne * (1 + precision)) || next < LEAST || next > Rate.MOST;
  }

  /// The rate to try next, requests a second.
  public double next() {
    return next;
  }

  /// That rate was tried.
  public void tried(boolean wasBorne) {
    if (wasBorne) {
      borne = next;
    } else {
      notBorne = next;
    }
    if (Double.isInfinite(notBorne)) {
      next = 2 * borne;
    } else {
      next = borne == 0 ? notBorne / 2 : (borne + notBorne) / 2;
    }
  }

  /// The highest rate that was borne; 0 when none was.
  public double highest() {
    return borne;
  }
}
