package io.swarmpilot.scheduler.forecast;

/// The running tasks of many instances, in sum: what they are expected to take, what would remain
/// of them if each were met at a random moment, and when they started.
final class BusySums {
  private static final double NANOS_PER_MS = 1e6;

  /// Relative rounding error of a mean of squares.
  private static final double ROUNDING = 1e-15;

  /// Shortest execution that is told apart, ms.
  private static final double LEAST_MEAN = 1e-3;

  private final ExactSum mean = new ExactSum();
  private final ExactSum rate = new ExactSum();
  private final ExactSum residualLife = new ExactSum();
  private final ExactSum started = new ExactSum();
  private final ExactSum startedSquare = new ExactSum();
  // Starts are counted from that of the first task since there was none, to keep their squares
  // small.
  private long origin;
  private int count;

  void add(ExecutionTime time, long startedNanos) {
    if (count++ == 0) {
      origin = startedNanos;
    }
    count(time, startedNanos, 1);
  }

  /// Takes out what was added before, with the same start.
  void remove(ExecutionTime time, long startedNanos) {
    count--;
    if (count > 0) {
      count(time, startedNanos, -1);
    } else {
      clear();
    }
  }

  void clear() {
    count = 0;
    mean.clear();
    rate.clear();
    residualLife.clear();
    started.clear();
    startedSquare.clear();
  }

  int count() {
    return count;
  }

  /// Mean of the expected execution times, ms. Of at least one task, as all below.
  double mean() {
    return mean.value() / count;
  }

  /// Harmonic mean of the expected execution times, ms: where long and short tasks are met in
  /// service as often as they occupy slots, slots free at the rate of its inverse.
  double harmonicMean() {
    return count / rate.value();
  }

  /// Mean time that remains of a task met at a random moment of its execution, ms.
  double residualLife() {
    return residualLife.value() / count;
  }

  /// Mean time since they started, ms.
  double elapsed(long nowNanos) {
    return Math.max(0, sinceOrigin(nowNanos) - started.value() / count);
  }

  /// Standard deviation of the time since they started, ms; 0 of a single task.
  double elapsedError() {
    if (count < 2) {
      return 0;
    }
    double middle = started.value() / count;
    double square = startedSquare.value() / count;
    double variance = Math.max(0, square - middle * middle) + ROUNDING * square;
    return Math.sqrt(variance * count / (count - 1));
  }

  private void count(ExecutionTime time, long startedNanos, int sign) {
    double expected = Math.max(LEAST_MEAN, time.mean());
    double square = expected * expected + time.error() * time.error();
    mean.add(sign * expected);
    rate.add(sign / expected);
    residualLife.add(sign * square / (2 * expected));
    double start = sinceOrigin(startedNanos);
    started.add(sign * start);
    startedSquare.add(sign * start * start);
  }

  private double sinceOrigin(long nanos) {
    return (nanos - origin) / NANOS_PER_MS;
  }
}
