package io.swarmpilot.scheduler.forecast;

/// What becomes of forecasts of the wait in a central queue. A forecast takes tasks to go first
/// come, first served; under any other order one overtakes another, so that the wait of a new task
/// depends on what the forecast does not know: the task itself, and those that come after it. How
/// waits turn out shows it.
///
/// Learned are the mean of the actual wait over the forecast one, and how far waits scatter about
/// that beyond the variance that was forecast, each as a ratio of sums, so that a long queue counts
/// for more than a short one. Forgets: of the last 64 waits the newest weighs as much as any.
public final class WaitCalibration {
  private static final double LEAST_WEIGHT = 1.0 / 64;

  /// How many waits that turned out as forecast the beginning counts for.
  private static final double PRIOR_WEIGHT = 8;

  private double seen;
  private double forecast;
  private double actual;
  private double forecastSquares;
  private double excess;

  /// Forgets everything: another order of tasks is in force.
  public void reset() {
    seen = 0;
    forecast = 0;
    actual = 0;
    forecastSquares = 0;
    excess = 0;
  }

  /// Learns from a task that began to execute. What was forecast to start at once tells nothing.
  ///
  /// @param mean wait that was forecast when it was queued, ms
  /// @param variance of that, ms²
  /// @param waitedMs how long it waited
  public void started(double mean, double variance, double waitedMs) {
    if (!(mean > 0 && mean < ExecutionTime.MOST && variance <= mean * ExecutionTime.MOST)) {
      return;
    }
    double times = ratio();
    double off = waitedMs - times * mean;
    double weight = Math.max(1 / (seen + 1), LEAST_WEIGHT);
    forecast += weight * (mean - forecast);
    actual += weight * (waitedMs - actual);
    forecastSquares += weight * (mean * mean - forecastSquares);
    excess += weight * (off * off - times * times * variance - excess);
    seen = Math.min(seen + 1, 1 / LEAST_WEIGHT);
  }

  /// A forecast as waits turn out lately.
  ///
  /// @param mean forecast wait, ms
  /// @param variance of it, ms²
  public Moments apply(double mean, double variance) {
    if (seen == 0 || mean == 0 || mean == Double.POSITIVE_INFINITY) {
      return new Moments(mean, variance);
    }
    double times = ratio();
    double scatter = trust() * Math.max(0, excess) / forecastSquares;
    return new Moments(times * mean, times * times * variance + scatter * mean * mean);
  }

  private double ratio() {
    return seen == 0 ? 1 : 1 + trust() * (actual / forecast - 1);
  }

  private double trust() {
    return seen / (seen + PRIOR_WEIGHT);
  }
}
