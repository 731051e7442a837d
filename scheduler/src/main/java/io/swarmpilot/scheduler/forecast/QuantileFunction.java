package io.swarmpilot.scheduler.forecast;

import org.jspecify.annotations.Nullable;

/// A distribution of times by its quantiles: linear between the nodes, flat below the first, and
/// exponential beyond the last. Times are ms.
final class QuantileFunction {
  /// Parts of equal probability that a distribution is cut into to play scenarios.
  static final int STRATA = 32;

  /// What is left of a task that outran every quantile, at least, as a share of its mean: nothing
  /// is ever known to end at once.
  private static final double LEAST_OVERRUN = 0.05;

  /// Shortest time whose logarithm is told apart.
  private static final double LEAST_TIME = 1e-3;

  /// Squared coefficient of variation below which a distribution counts as symmetric: rounding
  /// would say otherwise.
  private static final double NARROW = 1e-9;

  private final double[] probabilities;
  private final double[] values;
  private final double tail;
  private final double overrun;
  // Made when first asked for: tasks of one kind share the object. Volatile, as shadows play the
  // same tasks through on a thread of their own: each finds a table filled or none.
  private volatile double @Nullable [] strata;
  private volatile double @Nullable [] tailStrata;
  private volatile double harmonicMean = Double.NaN;

  /// @param mean what the exponential tail makes up for where the nodes leave it open
  /// @param probabilities strictly ascending, within 0 and 1, at least one; not copied
  /// @param values ascending, as many; not copied
  QuantileFunction(double mean, double[] probabilities, double[] values) {
    this.probabilities = probabilities;
    this.values = values;
    this.tail = tail(mean, probabilities, values);
    this.overrun = Math.max(tail, LEAST_OVERRUN * Math.max(mean, values[values.length - 1]));
  }

  /// The time that is not exceeded with a probability.
  double quantile(double probability) {
    int last = values.length - 1;
    if (probability <= probabilities[0]) {
      return values[0];
    }
    if (probability >= probabilities[last]) {
      return values[last] + exponential(tail, probability, probabilities[last]);
    }
    int i = segment(probabilities, probability);
    double share = (probability - probabilities[i]) / (probabilities[i + 1] - probabilities[i]);
    return values[i] + share * (values[i + 1] - values[i]);
  }

  /// The probability that the time is longer; NaN counts as infinite.
  double exceeds(double time) {
    int last = values.length - 1;
    if (time < values[last]) {
      return 1 - probabilityOf(time);
    }
    double mass = 1 - probabilities[last];
    return tail > 0 && time < Double.POSITIVE_INFINITY
        ? mass * Math.exp(-(time - values[last]) / tail)
        : 0;
  }

  /// The quantile in the middle of one of [#STRATA] equally likely parts.
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

  /// The quantile in the middle of each of [TailStrata]; not to be changed.
  double[] tailStrata() {
    double[] table = tailStrata;
    if (table == null) {
      table = new double[TailStrata.COUNT];
      for (int k = 0; k < table.length; k++) {
        table[k] = quantile(TailStrata.middle(k));
      }
      tailStrata = table;
    }
    return table;
  }

  /// The probability in the middle of a stratum.
  static double middleOf(int stratum) {
    return (stratum + 0.5) / STRATA;
  }

  /// Harmonic mean.
  double harmonicMean() {
    double mean = harmonicMean;
    if (Double.isNaN(mean)) {
      double sum = 0;
      for (int k = 0; k < STRATA; k++) {
        sum += 1 / Math.max(LEAST_TIME, atStratum(k));
      }
      mean = STRATA / sum;
      harmonicMean = mean;
    }
    return mean;
  }

  /// Mean of the logarithm.
  double logMean() {
    double sum = 0;
    for (int k = 0; k < STRATA; k++) {
      sum += logAtStratum(k);
    }
    return sum / STRATA;
  }

  /// Standard deviation of the logarithm.
  double logError() {
    double mean = logMean();
    double squares = 0;
    for (int k = 0; k < STRATA; k++) {
      double off = logAtStratum(k) - mean;
      squares += off * off;
    }
    return Math.sqrt(squares / STRATA);
  }

  /// Skewness of the distribution.
  double skewness() {
    MomentSums whole = new MomentSums();
    addResidual(-Double.MIN_VALUE, 1, whole);
    return whole.variance() > 0 ? whole.third() / Math.pow(whole.variance(), 1.5) : 0;
  }

  /// Adds what remains after `elapsed`, given that it has not ended yet, times a factor. Exact: the
  /// integrals of the powers of a piecewise linear function and of its exponential tail.
  void addResidual(double elapsed, double factor, MomentSums into) {
    int last = values.length - 1;
    if (elapsed >= values[last]) {
      into.add(factor, overrun, overrun * overrun, 2 * overrun * overrun * overrun);
      return;
    }
    int i = 0;
    double from = 0;
    double p = probabilities[0];
    double a = values[0] - elapsed;
    double first = p * a;
    double second = p * a * a;
    double cube = p * a * a * a;
    if (a <= 0) {
      i = segment(values, elapsed);
      from = probabilityOf(elapsed);
      p = from;
      a = 0;
      first = 0;
      second = 0;
      cube = 0;
    }
    for (; i < last; i++) {
      double b = values[i + 1] - elapsed;
      double width = probabilities[i + 1] - p;
      first += width * (a + b) / 2;
      second += width * (a * a + a * b + b * b) / 3;
      cube += width * (a * a + b * b) * (a + b) / 4;
      a = b;
      p = probabilities[i + 1];
    }
    double mass = 1 - p;
    first += mass * (a + tail);
    second += mass * (a * a + 2 * tail * (a + tail));
    cube += mass * (a * a * a + 3 * tail * (a * a + 2 * tail * (a + tail)));
    addCentral(first / (1 - from), second / (1 - from), cube / (1 - from), factor, into);
  }

  /// The remaining time that is not exceeded with a probability, given that it has not ended after
  /// `elapsed`.
  double residualQuantile(double elapsed, double probability) {
    int last = values.length - 1;
    if (elapsed >= values[last]) {
      return exponential(overrun, probability, 0);
    }
    double from = probabilityOf(elapsed);
    return Math.max(0, quantile(from + probability * (1 - from)) - elapsed);
  }

  /// [#residualQuantile] in the middle of each stratum, times a factor, in one pass.
  void residualAtStrata(double elapsed, double factor, double[] into) {
    int last = values.length - 1;
    boolean overrunning = elapsed >= values[last];
    double from = overrunning ? 0 : probabilityOf(elapsed);
    int i = 0;
    for (int k = 0; k < STRATA; k++) {
      double p = from + middleOf(k) * (1 - from);
      while (i < last && probabilities[i + 1] <= p) {
        i++;
      }
      double left;
      if (overrunning) {
        left = exponential(overrun, p, 0);
      } else if (p >= probabilities[last]) {
        left = values[last] + exponential(tail, p, probabilities[last]) - elapsed;
      } else if (p <= probabilities[0]) {
        left = values[0] - elapsed;
      } else {
        double share = (p - probabilities[i]) / (probabilities[i + 1] - probabilities[i]);
        left = values[i] + share * (values[i + 1] - values[i]) - elapsed;
      }
      into[k] = factor * Math.max(0, left);
    }
  }

  private double logAtStratum(int stratum) {
    return Math.log(Math.max(LEAST_TIME, atStratum(stratum)));
  }

  private static void addCentral(
      double mean, double second, double cube, double factor, MomentSums into) {
    double variance = second - mean * mean;
    if (variance > NARROW * mean * mean) {
      double third = cube - mean * (3 * variance + mean * mean);
      into.add(factor, mean, variance, third);
    } else {
      into.add(factor, mean, Math.max(0, variance), 0);
    }
  }

  private static double exponential(double scale, double probability, double node) {
    return node >= 1 ? 0 : -scale * Math.log(Math.max(1e-9, (1 - probability) / (1 - node)));
  }

  /// The probability that it is not longer, of a time below the last node.
  private double probabilityOf(double time) {
    if (time < values[0]) {
      return 0;
    }
    int i = segment(values, time);
    double share = (time - values[i]) / (values[i + 1] - values[i]);
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

  /// Scale of the exponential tail: what the stated mean leaves for it, at least what the slope of
  /// the last segment says.
  private static double tail(double mean, double[] probabilities, double[] values) {
    int last = values.length - 1;
    double mass = 1 - probabilities[last];
    if (mass <= 0) {
      return 0;
    }
    double body = probabilities[0] * values[0];
    for (int i = 0; i < last; i++) {
      body += (probabilities[i + 1] - probabilities[i]) * (values[i] + values[i + 1]) / 2;
    }
    double byMean = (mean - body) / mass - values[last];
    if (last == 0) {
      return Math.max(0, byMean);
    }
    double width = probabilities[last] - probabilities[last - 1];
    double bySlope = (values[last] - values[last - 1]) / width * mass;
    return Math.max(0, Math.max(bySlope, byMean));
  }
}
