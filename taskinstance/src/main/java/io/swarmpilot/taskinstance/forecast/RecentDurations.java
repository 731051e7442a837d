package io.swarmpilot.taskinstance.forecast;

/// What the last executions took: the estimate for tasks of which nothing else is known. Not safe
/// for use by several threads.
public final class RecentDurations {
  private static final int WINDOW = 256;

  private final double[] window = new double[WINDOW];
  private long count;

  /// Adds an execution, ms.
  public void add(double ms) {
    window[(int) (count % WINDOW)] = ms;
    count++;
  }

  /// Forgets every execution.
  public void clear() {
    count = 0;
  }

  /// Mean and standard deviation of the last executions, at most 256; `prior` when there was none.
  /// After a single one, its duration is the deviation as well.
  public Estimate estimate(Estimate prior) {
    int n = (int) Math.min(count, WINDOW);
    if (n == 0) {
      return prior;
    }
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += window[i];
    }
    double mean = sum / n;
    if (n == 1) {
      return new Estimate(mean, mean);
    }
    double squares = 0;
    for (int i = 0; i < n; i++) {
      squares += (window[i] - mean) * (window[i] - mean);
    }
    return new Estimate(mean, Math.sqrt(squares / (n - 1)));
  }
}
