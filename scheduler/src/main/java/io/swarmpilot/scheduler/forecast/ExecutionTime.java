package io.swarmpilot.scheduler.forecast;

import org.jspecify.annotations.Nullable;

/// The distribution of a task's execution time: mean, standard deviation, and a quantile function
/// for what remains once it has run for a while. Times are ms.
///
/// The quantile function is linear between its nodes, flat below the first, and exponential beyond
/// the last, so that a task that has outrun every quantile still has time before it.
public final class ExecutionTime {
  /// Parts of equal probability that a distribution is cut into to play scenarios.
  static final int STRATA = 32;

  /// Least tail, as a share of the mean: nothing is ever known to end at once.
  private static final double LEAST_TAIL = 0.05;

  private final double mean;
  private final double error;
  private final double[] probabilities;
  private final double[] values;
  private final double tail;
  // The quantile in the middle of each stratum, made when first asked for: tasks of one kind share
  // the object, and only the scheduler's thread plays queues through.
  private double @Nullable [] strata;
  // ∫ Q and ∫ Q² from each node to 1.
  private final double[] firstMoment;
  private final double[] secondMoment;

  private ExecutionTime(double mean, double error, double[] probabilities, double[] values) {
    this.mean = mean;
    this.error = error;
    this.probabilities = probabilities;
    this.values = values;
    this.tail = tail(mean, probabilities, values);
    this.firstMoment = new double[values.length];
    this.secondMoment = new double[values.length];
    integrate();
  }

  /// The distribution with these moments, shaped as a log-normal.
  ///
  /// @throws IllegalArgumentException unless both are finite and not negative
  public static ExecutionTime of(double mean, double error) {
    requireMoments(mean, error);
    if (mean == 0 || error == 0) {
      return new ExecutionTime(mean, error, new double[] {1}, new double[] {mean});
    }
    return new ExecutionTime(mean, error, LogNormal.probabilities(), LogNormal.values(mean, error));
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
    requireAscending(probabilities, values);
    return new ExecutionTime(mean, error, probabilities.clone(), values.clone());
  }

  /// Expected execution time, ms.
  public double mean() {
    return mean;
  }

  /// Standard deviation of it, ms.
  public double error() {
    return error;
  }

  /// The time that is not exceeded with a probability within 0 and 1 (excluded), ms.
  public double quantile(double probability) {
    int last = values.length - 1;
    if (probability <= probabilities[0]) {
      return values[0];
    }
    if (probability >= probabilities[last]) {
      return values[last] + beyond(probability, probabilities[last]);
    }
    int i = segment(probabilities, probability);
    double share = (probability - probabilities[i]) / (probabilities[i + 1] - probabilities[i]);
    return values[i] + share * (values[i + 1] - values[i]);
  }

  /// Probability that it takes longer than `ms`.
  public double exceeds(double ms) {
    int last = values.length - 1;
    if (ms < values[0]) {
      return 1;
    }
    if (ms < values[last]) {
      return 1 - probabilityOf(ms);
    }
    double mass = 1 - probabilities[last];
    return ms == values[last] || mass <= 0 ? mass : mass * Math.exp((values[last] - ms) / tail);
  }

  /// The quantile in the middle of one of [#STRATA] equally likely parts, ms. For one thread.
  double atStratum(int stratum) {
    double[] table = strata;
    if (table == null) {
      table = new double[STRATA];
      for (int k = 0; k < STRATA; k++) {
        table[k] = quantile(middleOf(k));
      }
      strata = table;
    }
    return table[stratum];
  }

  /// The probability in the middle of a stratum.
  static double middleOf(int stratum) {
    return (stratum + 0.5) / STRATA;
  }

  /// What remains of it after `elapsed` ms of execution, given that it has not ended yet.
  public Moments residual(double elapsed) {
    int last = values.length - 1;
    if (elapsed >= values[last]) {
      return new Moments(tail, tail * tail);
    }
    double from = probabilityOf(elapsed);
    double first;
    double second;
    if (elapsed < values[0]) {
      first = probabilities[0] * values[0] + firstMoment[0];
      second = probabilities[0] * values[0] * values[0] + secondMoment[0];
    } else {
      int i = segment(values, elapsed);
      double width = probabilities[i + 1] - from;
      first = firstMoment[i + 1] + width * (elapsed + values[i + 1]) / 2;
      second = secondMoment[i + 1] + width * meanSquare(elapsed, values[i + 1]);
    }
    double left = 1 - from;
    double total = first / left;
    double variance = second / left - total * total;
    return new Moments(Math.max(0, total - elapsed), Math.max(0, variance));
  }

  /// The remaining time that is not exceeded with a probability, given that it has not ended after
  /// `elapsed` ms.
  public double residualQuantile(double elapsed, double probability) {
    int last = values.length - 1;
    if (elapsed >= values[last]) {
      return beyond(probability, 0);
    }
    double from = elapsed < values[0] ? 0 : probabilityOf(elapsed);
    return Math.max(0, quantile(from + probability * (1 - from)) - elapsed);
  }

  private double beyond(double probability, double node) {
    return node >= 1 ? 0 : -tail * Math.log(Math.max(1e-9, (1 - probability) / (1 - node)));
  }

  private double probabilityOf(double elapsed) {
    if (elapsed < values[0]) {
      return 0;
    }
    int i = segment(values, elapsed);
    double share = (elapsed - values[i]) / (values[i + 1] - values[i]);
    return probabilities[i] + share * (probabilities[i + 1] - probabilities[i]);
  }

  /// The last node at or below `x`, which lies below the last node.
  private static int segment(double[] nodes, double x) {
    int low = 0;
    int high = nodes.length - 1;
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (nodes[middle] <= x) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private void integrate() {
    int last = values.length - 1;
    double mass = 1 - probabilities[last];
    double top = values[last];
    firstMoment[last] = mass * (top + tail);
    secondMoment[last] = mass * (top * top + 2 * top * tail + 2 * tail * tail);
    for (int i = last - 1; i >= 0; i--) {
      double width = probabilities[i + 1] - probabilities[i];
      firstMoment[i] = firstMoment[i + 1] + width * (values[i] + values[i + 1]) / 2;
      secondMoment[i] = secondMoment[i + 1] + width * meanSquare(values[i], values[i + 1]);
    }
  }

  /// Scale of the exponential tail: what the stated mean leaves for it, at least what the slope of
  /// the last segment says.
  private static double tail(double mean, double[] probabilities, double[] values) {
    int last = values.length - 1;
    double mass = 1 - probabilities[last];
    double least = LEAST_TAIL * Math.max(mean, values[last]);
    if (last == 0 || mass <= 0) {
      return least;
    }
    double body = probabilities[0] * values[0];
    for (int i = 0; i < last; i++) {
      body += (probabilities[i + 1] - probabilities[i]) * (values[i] + values[i + 1]) / 2;
    }
    double width = probabilities[last] - probabilities[last - 1];
    double bySlope = (values[last] - values[last - 1]) / width * mass;
    double byMean = (mean - body) / mass - values[last];
    return Math.max(least, Math.max(bySlope, byMean));
  }

  private static double meanSquare(double from, double to) {
    return (from * from + from * to + to * to) / 3;
  }

  private static void requireMoments(double mean, double error) {
    if (!(mean >= 0 && error >= 0 && mean < Double.POSITIVE_INFINITY)
        || error == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException("moments must be finite and not negative");
    }
  }

  private static void requireAscending(double[] probabilities, double[] values) {
    double probability = -1;
    double value = 0;
    for (int i = 0; i < values.length; i++) {
      boolean ascending = probabilities[i] > probability && values[i] >= value;
      if (!ascending
          || probabilities[i] < 0
          || probabilities[i] > 1
          || !Double.isFinite(values[i])) {
        throw new IllegalArgumentException("quantiles must be finite and ascend");
      }
      probability = probabilities[i];
      value = values[i];
    }
  }
}
