package io.swarmpilot.scheduler.forecast;

import java.util.Optional;

/// The distribution of a task's execution time: mean, standard deviation, third central moment, and
/// a quantile function for what remains once it has run for a while. Times are ms; a time beyond
/// [#MOST] counts as that.
///
/// The quantile function is linear between its nodes, flat below the first, and exponential beyond
/// the last, so that a task that has outrun every quantile still has time before it. Mean and
/// standard deviation are those stated; the third moment is the skewness of the quantile function
/// at that standard deviation.
public final class ExecutionTime {
  /// Longest time that is told apart from longer ones, ms: 30,000 years.
  public static final double MOST = 1e15;

  /// Parts of equal probability that a distribution is cut into to play scenarios.
  static final int STRATA = QuantileFunction.STRATA;

  private static final double MOST_SKEWNESS = 100;

  private final double mean;
  private final double error;
  private final double third;
  private final double factor;
  private final QuantileFunction shape;

  private ExecutionTime(
      double mean, double error, double third, double factor, QuantileFunction shape) {
    this.mean = mean;
    this.error = error;
    this.third = third;
    this.factor = factor;
    this.shape = shape;
  }

  /// The distribution with these moments, shaped as a log-normal.
  ///
  /// @throws IllegalArgumentException unless both are finite and not negative
  public static ExecutionTime of(double mean, double error) {
    requireMoments(mean, error);
    if (mean == 0 || error == 0) {
      return create(mean, error, new double[] {1}, new double[] {Math.min(MOST, mean)});
    }
    return create(mean, error, LogNormal.probabilities(), LogNormal.values(mean, error));
  }

  /// The distribution with these moments and quantiles; without quantiles as [#of].
  ///
  /// @param probabilities strictly ascending, within 0 and 1
  /// @param values ms, ascending, as many
  /// @throws IllegalArgumentException when any number breaks these rules
  public static ExecutionTime of(
      double mean, double error, double[] probabilities, double[] values) {
    requireMoments(mean, error);
    if (probabilities.length != values.length) {
      throw new IllegalArgumentException("as many values as probabilities");
    }
    if (values.length == 0) {
      return of(mean, error);
    }
    if (!RawQuantiles.areAscending(probabilities, values)) {
      throw new IllegalArgumentException("quantiles must be finite and ascend");
    }
    return create(mean, error, probabilities.clone(), bounded(values));
  }

  /// The distribution that a predictor meant, or nothing when what it said is of no use.
  ///
  /// Repaired are values that cross a little, as quantiles fitted one by one do: no value lies more
  /// than a tenth below one before it; they are sorted. Of no use are NaN, infinite and negative
  /// numbers, another number of values than of probabilities, probabilities that do not ascend
  /// within 0 and 1, and values that cross further. Without any quantiles it is as [#of].
  public static Optional<ExecutionTime> repaired(
      double mean, double error, double[] probabilities, double[] values) {
    if (!areMoments(mean, error) || probabilities.length != values.length) {
      return Optional.empty();
    }
    double[] sorted = RawQuantiles.sorted(values);
    return values.length == 0 || RawQuantiles.areAscending(probabilities, sorted)
        ? Optional.of(of(mean, error, probabilities, sorted))
        : Optional.empty();
  }

  /// The same on an instance that takes `times` as long, which is finite and positive.
  public ExecutionTime scaled(double times) {
    return times == 1
        ? this
        : new ExecutionTime(
            times * mean, times * error, times * times * times * third, times * factor, shape);
  }

  /// Expected execution time, ms.
  public double mean() {
    return mean;
  }

  /// Standard deviation of it, ms.
  public double error() {
    return error;
  }

  /// Time that a wait is proportionate to, ms, at most the mean: a wait of w slows the task down by
  /// w / S, on average by w over this, 1 / E[1 / S].
  public double harmonicMean() {
    return Math.min(mean, factor * shape.harmonicMean());
  }

  /// Third central moment of it, ms³.
  public double third() {
    return third;
  }

  /// The time that is not exceeded with a probability within 0 and 1 (excluded), ms.
  public double quantile(double probability) {
    return factor * shape.quantile(probability);
  }

  /// The probability that it takes longer than `ms`.
  public double exceeds(double ms) {
    return shape.exceeds(ms / factor);
  }

  /// The quantile in the middle of one of [#STRATA] equally likely parts, ms.
  double atStratum(int stratum) {
    return factor * shape.atStratum(stratum);
  }

  /// The probability in the middle of a stratum.
  static double middleOf(int stratum) {
    return QuantileFunction.middleOf(stratum);
  }

  /// What remains of it after `elapsed` ms of execution, given that it has not ended yet.
  public Moments residual(double elapsed) {
    MomentSums sums = new MomentSums();
    addResidual(elapsed, 1, sums);
    return new Moments(sums.mean(), sums.variance(), sums.third());
  }

  /// The remaining time that is not exceeded with a probability, given that it has not ended after
  /// `elapsed` ms.
  public double residualQuantile(double elapsed, double probability) {
    return factor * shape.residualQuantile(elapsed / factor, probability);
  }

  /// Adds what remains of it after `elapsed` ms on an instance that takes `times` as long.
  void addResidual(double elapsed, double times, MomentSums into) {
    double scale = times * factor;
    shape.addResidual(elapsed / scale, scale, into);
  }

  /// Unscaled times in the middle of each of [TailStrata], to be multiplied by [#factor]; not to be
  /// changed.
  double[] tailStrata() {
    return shape.tailStrata();
  }

  double factor() {
    return factor;
  }

  /// Fills in the residual times in the middle of each of [#STRATA] equally likely parts.
  void residualAtStrata(double elapsed, double times, double[] into) {
    double scale = times * factor;
    shape.residualAtStrata(elapsed / scale, scale, into);
  }

  /// Logarithm of a time over the geometric mean.
  double logRatio(double ms) {
    return Math.log(ms / factor) - shape.logMean();
  }

  /// Standard deviation of the logarithm.
  double logError() {
    return shape.logError();
  }

  private static ExecutionTime create(
      double mean, double error, double[] probabilities, double[] values) {
    double boundedMean = Math.min(MOST, mean);
    double boundedError = Math.min(MOST, error);
    QuantileFunction shape = new QuantileFunction(boundedMean, probabilities, values);
    double skewness = Math.clamp(shape.skewness(), -MOST_SKEWNESS, MOST_SKEWNESS);
    double third = skewness * boundedError * boundedError * boundedError;
    return new ExecutionTime(boundedMean, boundedError, third, 1, shape);
  }

  private static double[] bounded(double[] values) {
    double[] bounded = values.clone();
    for (int i = 0; i < bounded.length; i++) {
      bounded[i] = Math.min(MOST, bounded[i]);
    }
    return bounded;
  }

  private static void requireMoments(double mean, double error) {
    if (!areMoments(mean, error)) {
      throw new IllegalArgumentException("moments must be finite and not negative");
    }
  }

  private static boolean areMoments(double mean, double error) {
    return mean >= 0
        && error >= 0
        && mean < Double.POSITIVE_INFINITY
        && error < Double.POSITIVE_INFINITY;
  }
}
