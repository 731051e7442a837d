package io.swarmpilot.benchmark.simulate.latency;

import java.util.Arrays;
import java.util.NavigableMap;

/// A measured function: linear between the points measured, flat before the first.
final class Curve {
  private final double[] xs;
  private final double[] ys;

  /// @param points at least one
  Curve(NavigableMap<Integer, Double> points) {
    xs = points.keySet().stream().mapToDouble(x -> x).toArray();
    ys = points.values().stream().mapToDouble(y -> y).toArray();
  }

  /// The greatest x that was measured.
  double last() {
    return xs[xs.length - 1];
  }

  /// The value at x; beyond the last point that of the last.
  double at(double x) {
    int found = Arrays.binarySearch(xs, x);
    if (found >= 0) {
      return ys[found];
    }
    int above = -found - 1;
    if (above == 0) {
      return ys[0];
    }
    if (above == xs.length) {
      return ys[above - 1];
    }
    double share = (x - xs[above - 1]) / (xs[above] - xs[above - 1]);
    return ys[above - 1] + share * (ys[above] - ys[above - 1]);
  }

  /// The slope between the last two points, 0 when there is but one.
  double lastSlope() {
    int last = xs.length - 1;
    return last == 0 ? 0 : (ys[last] - ys[last - 1]) / (xs[last] - xs[last - 1]);
  }
}
