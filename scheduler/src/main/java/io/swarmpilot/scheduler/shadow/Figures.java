package io.swarmpilot.scheduler.shadow;

import java.util.Arrays;

/// How tasks fared under a policy. Times are ms; NaN where there is nothing to tell of. Slowdown is
/// the response time over the time the task takes alone on the fastest hardware.
///
/// @param tasks tasks that count
/// @param dropped those of them that have no result: shed, timed out or lost too often
/// @param waiting from submission to the start
/// @param response from submission to the end
/// @param slowdownMean mean slowdown
/// @param slowdownP99 its 99th percentile
/// @param within3x share of all tasks with a slowdown of at most 3, those dropped included
/// @param within5x the same with 5
/// @param withObjective tasks that have an objective
/// @param metObjective share of them that met it
public record Figures(
    int tasks,
    int dropped,
    Times waiting,
    Times response,
    double slowdownMean,
    double slowdownP99,
    double within3x,
    double within5x,
    int withObjective,
    double metObjective) {
  /// A distribution of times, ms.
  ///
  /// @param mean mean
  /// @param p50 median
  /// @param p95 95th percentile
  /// @param p99 99th percentile
  /// @param most the longest
  public record Times(double mean, double p50, double p95, double p99, double most) {
    /// @param ascending times, not to be changed meanwhile
    static Times of(double[] ascending) {
      return new Times(
          Arrays.stream(ascending).average().orElse(Double.NaN),
          percentile(ascending, 0.5),
          percentile(ascending, 0.95),
          percentile(ascending, 0.99),
          percentile(ascending, 1));
    }
  }

  /// The least value that is not exceeded by a share of all; NaN of none.
  static double percentile(double[] ascending, double share) {
    int rank = (int) Math.ceil(share * ascending.length) - 1;
    return ascending.length == 0 ? Double.NaN : ascending[Math.max(0, rank)];
  }
}
