package io.swarmpilot.scheduler.forecast;

/// How much longer than predicted executions take lately, and how alike the errors of predictions
/// that follow one another are: what a busy host, a hot GPU or a bias of the predictor does to all
/// tasks of an instance at once. Learns from completed executions only.
///
/// Errors are taken as ratios, in logarithms, against the prediction's own spread, so that a
/// predictor that is right on average shows neither slowdown nor correlation however wide its
/// distributions are. Forgets: of the last 32 executions the newest weighs as much as any.
public final class SlowdownEstimate {
  /// Least slowdown.
  public static final double LEAST = 0.2;

  /// Greatest slowdown.
  public static final double MOST = 20;

  /// Correlation assumed before any execution was seen.
  public static final double PRIOR_CORRELATION = 0.05;

  private static final double MOST_CORRELATION = 0.9;
  private static final double MOST_SURPRISE = Math.log(100);
  private static final double MOST_DEVIATIONS = 10;

  /// Spread of the logarithm below which a prediction is not taken at its word.
  private static final double LEAST_SPREAD = 0.05;

  /// How many executions that took exactly as long as predicted the prior counts for.
  private static final double PRIOR_WEIGHT = 4;

  private static final double LEAST_WEIGHT = 1.0 / 32;
  private static final double CORRELATION_WEIGHT = 1.0 / 64;

  private double level;
  private double seen = PRIOR_WEIGHT;
  private double slowdown = 1;
  private double previous;
  private double variance = 1;
  private double covariance;

  /// An estimate that has seen nothing.
  public SlowdownEstimate() {
    this(PRIOR_CORRELATION);
  }

  SlowdownEstimate(double priorCorrelation) {
    covariance = priorCorrelation;
  }

  /// Learns from an execution that ended well. An execution of no known length is passed over.
  ///
  /// @param predicted what was expected of it, this slowdown not included
  /// @param actualMs how long it took
  public void completed(ExecutionTime predicted, double actualMs) {
    if (!(actualMs > 0 && actualMs < Double.POSITIVE_INFINITY && predicted.mean() > 0)) {
      return;
    }
    double surprise = Math.clamp(predicted.logRatio(actualMs), -MOST_SURPRISE, MOST_SURPRISE);
    double spread = Math.max(LEAST_SPREAD, predicted.logError());
    correlate(Math.clamp((surprise - level) / spread, -MOST_DEVIATIONS, MOST_DEVIATIONS));
    seen++;
    level += Math.max(1 / seen, LEAST_WEIGHT) * (surprise - level);
    slowdown = Math.clamp(Math.exp(level), LEAST, MOST);
  }

  /// Recent geometric mean of actual over predicted time, [#LEAST] to [#MOST]; 1 at first.
  public double slowdown() {
    return slowdown;
  }

  /// Correlation of the errors of any two executions, 0 to 0.9, once the slowdown is accounted for;
  /// a small prior at first.
  public double correlation() {
    return Math.clamp(covariance / variance, 0, MOST_CORRELATION);
  }

  /// How much wider than predicted executions scatter lately, 1 to 10: 1 where predictions do not
  /// claim too much, and at first.
  public double scatter() {
    return Math.clamp(Math.sqrt(variance), 1, MOST_DEVIATIONS);
  }

  private void correlate(double deviation) {
    variance += CORRELATION_WEIGHT * (deviation * deviation - variance);
    if (seen > PRIOR_WEIGHT) {
      covariance += CORRELATION_WEIGHT * (deviation * previous - covariance);
    }
    previous = deviation;
  }
}
