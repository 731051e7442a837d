package io.swarmpilot.scheduler.forecast;

/// The moments of a set of tasks, in sum. Tasks are added and taken out again in any order, without
/// drift, and an empty set is exactly zero.
final class TaskSums {
  private final ExactSum mean = new ExactSum();
  private final ExactSum variance = new ExactSum();
  private final ExactSum third = new ExactSum();
  private final ExactSum deviation = new ExactSum();
  private final ExactSum square = new ExactSum();
  private int count;

  void add(ExecutionTime time) {
    count++;
    count(time, 1);
  }

  /// Takes out what was added before.
  void remove(ExecutionTime time) {
    count--;
    if (count > 0) {
      count(time, -1);
    } else {
      clear();
    }
  }

  void clear() {
    count = 0;
    mean.clear();
    variance.clear();
    third.clear();
    deviation.clear();
    square.clear();
  }

  int count() {
    return count;
  }

  /// Σ mean, ms.
  double mean() {
    return mean.value();
  }

  /// Σ variance, ms².
  double variance() {
    return Math.max(0, variance.value());
  }

  /// Σ third central moment, ms³.
  double third() {
    return third.value();
  }

  /// Σ standard deviation, ms.
  double deviation() {
    return Math.max(0, deviation.value());
  }

  /// Mean residual life of a task of the set that is met in service: E S² / 2 E S, ms.
  double residualLife() {
    return mean.value() > 0 ? square.value() / (2 * mean.value()) : 0;
  }

  private void count(ExecutionTime time, int sign) {
    double error = time.error();
    mean.add(sign * time.mean());
    variance.add(sign * error * error);
    third.add(sign * time.third());
    deviation.add(sign * error);
    square.add(sign * (time.mean() * time.mean() + error * error));
  }
}
