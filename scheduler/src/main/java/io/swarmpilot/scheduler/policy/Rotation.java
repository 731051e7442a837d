package io.swarmpilot.scheduler.policy;

/// Where a search among candidates starts, so that equal ones take turns.
final class Rotation {
  private Rotation() {}

  /// Index of the first candidate registered after the one chosen last; the first of all when there
  /// is none. Keyed by registration, so instances that come or go do not skew the turn.
  static int start(Candidates candidates) {
    long last = candidates.lastChosen();
    int low = 0;
    int high = candidates.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (candidates.ordinal(middle) > last) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low == candidates.size() ? 0 : low;
  }

  /// The number itself; infinity for NaN.
  static double orInfinity(double value) {
    return Double.isNaN(value) ? Double.POSITIVE_INFINITY : value;
  }
}
