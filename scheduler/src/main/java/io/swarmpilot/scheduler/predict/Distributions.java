package io.swarmpilot.scheduler.predict;

import io.swarmpilot.proto.predictor.v1.Distribution;
import io.swarmpilot.scheduler.core.Estimate;
import io.swarmpilot.scheduler.forecast.ExecutionTime;
import io.swarmpilot.scheduler.payload.Features;
import java.util.List;
import java.util.Optional;

/// Reads the predictor's distributions. Quantiles that cross a little, as those fitted one by one
/// do, are put in order; what is no distribution, or none that arithmetic can be trusted with, is
/// no answer.
final class Distributions {
  private static final int MOST_QUANTILES = 1_024;

  private Distributions() {}

  /// The estimate a distribution gives; empty when a number of it is NaN, negative, infinite, far
  /// out of order or beyond belief.
  static Optional<Estimate> read(Distribution distribution) {
    if (!isBounded(distribution)) {
      return Optional.empty();
    }
    return ExecutionTime.repaired(
            distribution.getMeanMs(),
            distribution.getStdMs(),
            numbers(distribution.getQuantilesList()),
            numbers(distribution.getValuesMsList()))
        .map(time -> estimate(time, distribution.getMethod()));
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

  /// A "fallback" of the predictor's is live feedback of a wider group; its prior says that it
  /// cannot tell.
  private static Estimate estimate(ExecutionTime time, String method) {
    return method.equals("fallback") || method.isEmpty()
        ? new Estimate(time, "live")
        : new Estimate(time, method, method.equals(PredictionAnswers.PRIOR));
  }
}
