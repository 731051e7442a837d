package io.swarmpilot.taskinstance.backend;

import java.util.Arrays;

/// When the pieces of an answer came. Used by one thread.
public final class Timeline {
  private static final double NANOS_PER_MS = 1e6;

  private final long start;
  private long[] outputs = new long[64];
  private int count;

  /// A timeline that begins at this time, ns of the monotonic clock.
  public Timeline(long start) {
    this.start = start;
  }

  /// Notes a piece of output that came at this time, ns of the same clock.
  public void output(long nanos) {
    if (count == outputs.length) {
      outputs = Arrays.copyOf(outputs, 2 * count);
    }
    outputs[count++] = nanos;
  }

  /// What it tells.
  public OutputTimes times() {
    if (count == 0) {
      return OutputTimes.NONE;
    }
    double first = ms(outputs[0] - start);
    double total = ms(outputs[count - 1] - start);
    if (count == 1) {
      return new OutputTimes(1, first, total, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    }
    long[] gaps = gaps();
    return new OutputTimes(
        count,
        first,
        total,
        ms((outputs[count - 1] - outputs[0]) / gaps.length),
        ms(quantile(gaps, 0.5)),
        ms(quantile(gaps, 0.99)),
        ms(gaps[gaps.length - 1]));
  }

  /// The times between pieces, ns, the shortest first.
  private long[] gaps() {
    long[] gaps = new long[count - 1];
    for (int i = 0; i < gaps.length; i++) {
      gaps[i] = outputs[i + 1] - outputs[i];
    }
    Arrays.sort(gaps);
    return gaps;
  }

  /// The smallest gap that at least this share of the gaps does not exceed.
  private static long quantile(long[] sorted, double share) {
    return sorted[(int) Math.ceil(share * sorted.length) - 1];
  }

  private static double ms(long nanos) {
    return Math.round(nanos / 1e3) * 1e3 / NANOS_PER_MS;
  }
}
