package io.swarmpilot.scheduler.forecast;

/// Sums of what independent times contribute to their total: means, variances, third central
/// moments, and standard deviations for the part that is common to all of them. Used again for
/// every computation, so that none of them allocates.
final class MomentSums {
  private double mean;
  private double variance;
  private double third;
  private double deviation;

  void clear() {
    mean = 0;
    variance = 0;
    third = 0;
    deviation = 0;
  }

  /// Adds a time with these moments, multiplied by a factor.
  void add(double factor, double timeMean, double timeVariance, double timeThird) {
    mean += factor * timeMean;
    variance += factor * factor * timeVariance;
    third += factor * factor * factor * timeThird;
    deviation += factor * Math.sqrt(timeVariance);
  }

  /// Adds all of some tasks, their times multiplied by a factor.
  void add(double factor, TaskSums tasks) {
    mean += factor * tasks.mean();
    variance += factor * factor * tasks.variance();
    third += factor * factor * factor * tasks.third();
    deviation += factor * tasks.deviation();
  }

  /// Counts everything so far as so many times as much, each independent of the others.
  void multiply(double copies) {
    mean *= copies;
    variance *= copies;
    third *= copies;
    deviation *= copies;
  }

  /// Σ mean, ms.
  double mean() {
    return mean;
  }

  /// Σ variance, ms².
  double variance() {
    return variance;
  }

  /// Σ third central moment, ms³.
  double third() {
    return third;
  }

  /// Σ standard deviation, ms.
  double deviation() {
    return deviation;
  }
}
