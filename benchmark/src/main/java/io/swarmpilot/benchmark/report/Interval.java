package io.swarmpilot.benchmark.report;

/// Where a figure lies with 95 % confidence, judged by repetitions.
///
/// @param low its lower end
/// @param high its upper end
public record Interval(double low, double high) {
  /// Whether no value is in both.
  boolean isApartFrom(Interval other) {
    return low > other.high || high < other.low;
  }
}
