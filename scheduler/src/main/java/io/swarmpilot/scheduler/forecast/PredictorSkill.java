package io.swarmpilot.scheduler.forecast;

/// How well predictions have told short executions from long ones lately: the correlation of the
/// logarithms of predicted and actual time, forgetting exponentially (the last 500 executions or
/// so). 0 not at all, 1 perfectly. A bias or a wrong unit does not matter: order is what policies
/// take from predictions.
public final class PredictorSkill {
  private static final int LEAST_SEEN = 30;
  private static final double WEIGHT = 1.0 / 500;

  /// Variance of the logarithm below which times count as all the same: 0.1 % of spread.
  private static final double CONSTANT = 1e-6;

  private long seen;
  private double predictedMean;
  private double actualMean;
  private double predictedVariance;
  private double actualVariance;
  private double covariance;

  /// Learns from an execution that ended well; times that are not finite and positive are passed
  /// over.
  ///
  /// @param predictedMs its expected time when it was submitted
  /// @param actualMs how long it took
  public void completed(double predictedMs, double actualMs) {
    if (!isTime(predictedMs) || !isTime(actualMs)) {
      return;
    }
    seen++;
    double weight = Math.max(1.0 / seen, WEIGHT);
    double predicted = Math.log(predictedMs) - predictedMean;
    double actual = Math.log(actualMs) - actualMean;
    predictedMean += weight * predicted;
    actualMean += weight * actual;
    predictedVariance = forget(predictedVariance, predicted * predicted, weight);
    actualVariance = forget(actualVariance, actual * actual, weight);
    covariance = forget(covariance, predicted * actual, weight);
  }

  /// 0 to 1; 1 until 30 executions were seen, and while all of them took the same time, so that
  /// there was nothing to tell apart.
  public double skill() {
    if (seen < LEAST_SEEN || actualVariance < CONSTANT) {
      return 1;
    }
    if (predictedVariance < CONSTANT) {
      return 0;
    }
    return Math.clamp(covariance / Math.sqrt(predictedVariance * actualVariance), 0, 1);
  }

  private static boolean isTime(double ms) {
    return ms > 0 && ms < Double.POSITIVE_INFINITY;
  }

  private static double forget(double old, double product, double weight) {
    return (1 - weight) * (old + weight * product);
  }
}
