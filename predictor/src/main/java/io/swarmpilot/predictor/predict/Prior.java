package io.swarmpilot.predictor.predict;

import com.google.common.primitives.ImmutableDoubleArray;
import io.swarmpilot.predictor.model.Grids;
import io.swarmpilot.predictor.model.Method;
import io.swarmpilot.predictor.model.Prediction;
import io.swarmpilot.predictor.model.QuantileDistribution;

/// What is assumed of a task of which nothing is known: log-normal with a median of one second, and
/// so wide that one in ten takes longer than seven seconds and one in ten less than a seventh of
/// one.
final class Prior {
  private static final double MEDIAN_MS = 1_000;
  private static final double LOG_SPREAD = 1.5;

  /// Standard normal quantiles at [Grids#fine()].
  private static final ImmutableDoubleArray NORMAL =
      ImmutableDoubleArray.of(
          -2.3263, -1.9600, -1.6449, -1.2816, -0.8416, -0.6745, -0.5244, -0.2533, 0, 0.2533, 0.5244,
          0.6745, 0.8416, 1.2816, 1.6449, 1.9600, 2.3263);

  static final Prediction PREDICTION =
      Prediction.of(
          QuantileDistribution.of(
              Grids.fine(),
              NORMAL.stream().map(z -> MEDIAN_MS * Math.exp(LOG_SPREAD * z)).toArray()),
          Method.PRIOR,
          0);

  private Prior() {}
}
