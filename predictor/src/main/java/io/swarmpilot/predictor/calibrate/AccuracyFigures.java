package io.swarmpilot.predictor.calibrate;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;

/// How good predictions were.
///
/// @param executions how many executions the figures rest on
/// @param executionsTotal how many there were in all
/// @param coverage share within the central interval of each of [#LEVELS]
/// @param actualMs mean time, ms
/// @param pinballMs mean pinball loss over the quantiles, ms
/// @param crpsMs mean continuous ranked probability score, ms
/// @param biasMs mean of actual minus predicted mean, ms
/// @param maeMs mean absolute difference of the two, ms
/// @param mape mean absolute difference of actual and predicted median, as a share of the actual
/// @param sharpnessMs mean width of the central 90 % interval, ms
/// @param pit share in each tenth of the predicted distribution
public record AccuracyFigures(
    int executions,
    long executionsTotal,
    ImmutableDoubleArray coverage,
    double actualMs,
    double pinballMs,
    double crpsMs,
    double biasMs,
    double maeMs,
    double mape,
    double sharpnessMs,
    ImmutableDoubleArray pit) {
  /// The central intervals that are watched.
  public static final ImmutableList<Double> LEVELS = ImmutableList.of(0.8, 0.9, 0.95);

  /// Mean pinball loss as a share of the mean time; 0 when nothing is known.
  public double pinballRelative() {
    return actualMs > 0 ? pinballMs / actualMs : 0;
  }
}
