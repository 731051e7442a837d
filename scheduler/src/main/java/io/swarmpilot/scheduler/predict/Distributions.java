package io.swarmpilot.scheduler.predict;

import io.swarmpilot.proto.predictor.v1.Distribution;
import io.swarmpilot.scheduler.core.Estimate;
import io.swarmpilot.scheduler.forecast.ExecutionTime;
import io.swarmpilot.scheduler.payload.Features;
import java.util.List;
import java.util.Optional;

/// Reads the predictor's distributions. What is no distribution, or none that arithmetic can be
/// trusted with, is no answer.
final class Distributions {
  private static final int MOST_QUANTILES = 1_024;

  private Distributions() {}

  /// The estimate a distribution gives; empty when a number of it is NaN, negative, infinite, out
  /// of order or beyond belief.
  static Optional<Estimate> read(Distribution distribution) {
    if (!isBounded(distribution)) {
      return Optional.empty();
    }
    try {
      ExecutionTime time =
          ExecutionTime.of(
              distribution.getMeanMs(),
              distribution.getStdMs(),
              numbers(distribution.getQuantilesList()),
              numbers(distribution.getValuesMsList()));
      return Optional.of(new Estimate(time, method(distribution.getMethod())));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// Squares of longer times, summed over a queue, would not stay finite.
  private static boolean isBounded(Distribution distribution) {
    return distribution.getQuantilesCount() <= MOST_QUANTILES
        && distribution.getMeanMs() <= Features.LONGEST_MS
        && distribution.getStdMs() <= Features.LONGEST_MS
        && distribution.getValuesMsList().stream().allMatch(ms -> ms <= Features.LONGEST_MS);
  }

  private static double[] numbers(List<Double> values) {
    return values.stream().mapToDouble(value -> value).toArray();
  }

  /// A "fallback" of the predictor's is live feedback of a wider group.
  private static String method(String method) {
    return method.equals("fallback") || method.isEmpty() ? "live" : method;
  }
}
