package io.swarmpilot.predictor.learn;

/// How much longer than their features explain executions took lately, as logarithms: 0 is usual,
/// 0.69 twice as long.
///
/// @param last of the last execution; NaN when none is known
/// @param average moving average; NaN when none is known
public record Lag(double last, double average) {
  /// Nothing is known.
  public static final Lag NONE = new Lag(Double.NaN, Double.NaN);

  private static final double WEIGHT = 0.2;
  private static final double MOST = 5;

  /// The average, or something else when none is known.
  double averageOr(double otherwise) {
    return Double.isNaN(average) ? otherwise : average;
  }

  /// This after one more execution.
  ///
  /// @param logRatio logarithm of its time over what its features explain
  public Lag then(double logRatio) {
    double bounded = Math.clamp(logRatio, -MOST, MOST);
    return new Lag(
        bounded, Double.isNaN(average) ? bounded : average + WEIGHT * (bounded - average));
  }
}
