package io.swarmpilot.benchmark.simulate.workload;

import io.swarmpilot.benchmark.simulate.trace.Trace;
import java.util.Arrays;
import java.util.SplittableRandom;

/// Which requests of a trace arrive, and the gaps before them.
final class Arrivals {
  /// Requests that stay together when a trace is resampled.
  private static final int BLOCK = 200;

  /// Half of the window in which the rate is taken to be steady.
  private static final long HALF_WINDOW = 300_000_000_000L;

  private final int[] requests;
  private final double[] gaps;

  private Arrivals(int[] requests, double[] gaps) {
    this.requests = requests;
    this.gaps = gaps;
  }

  /// Indices into the trace; not to be changed.
  int[] requests() {
    return requests;
  }

  /// Time since the request before, in units of its mean; all 0 when they come at once. Not to be
  /// changed.
  double[] gaps() {
    return gaps;
  }

  /// The requests of a range as they came.
  static Arrivals replayed(Trace trace, int from, int to, int count) {
    int size = Math.min(count, to - from);
    int[] requests = new int[size];
    double[] gaps = new double[size];
    for (int i = 0; i < size; i++) {
      requests[i] = from + i;
      gaps[i] = i == 0 ? 0 : trace.arrivalNanos(from + i) - trace.arrivalNanos(from + i - 1);
    }
    return new Arrivals(requests, scaled(gaps));
  }

  /// As many requests of a range as wanted, all at once.
  static Arrivals burst(int from, int to, int count, SplittableRandom random) {
    int[] requests = random.ints(count, from, to).toArray();
    return new Arrivals(requests, new double[count]);
  }

  /// As many requests of a range as wanted, in blocks drawn at random, the slow changes of the rate
  /// taken out: gaps count in units of the mean gap of the ten minutes around them. What is left
  /// are the bursts.
  static Arrivals resampled(Trace trace, int from, int to, int count, SplittableRandom random) {
    double[] steady = detrended(trace, from, to);
    int length = to - from;
    int[] requests = new int[count];
    double[] gaps = new double[count];
    int start = 0;
    for (int i = 0; i < count; i++) {
      if (i % BLOCK == 0) {
        start = random.nextInt(length);
      }
      int at = (start + i % BLOCK) % length;
      requests[i] = from + at;
      gaps[i] = steady[at];
    }
    return new Arrivals(requests, scaled(gaps));
  }

  private static double[] detrended(Trace trace, int from, int to) {
    double[] gaps = new double[to - from];
    long first = trace.arrivalNanos(from);
    long last = trace.arrivalNanos(to - 1);
    int low = from;
    int high = from;
    for (int i = from; i < to; i++) {
      long now = trace.arrivalNanos(i);
      while (trace.arrivalNanos(low) < now - HALF_WINDOW) {
        low++;
      }
      while (high < to && trace.arrivalNanos(high) <= now + HALF_WINDOW) {
        high++;
      }
      long window = Math.min(last, now + HALF_WINDOW) - Math.max(first, now - HALF_WINDOW);
      double gap = i == from ? 0 : now - trace.arrivalNanos(i - 1);
      gaps[i - from] = window == 0 ? 0 : gap * (high - low) / window;
    }
    // The request before the first one is not in the range: its gap is an ordinary one.
    gaps[0] = gaps.length > 1 ? Arrays.stream(gaps).sum() / (gaps.length - 1) : 0;
    return gaps;
  }

  private static double[] scaled(double[] gaps) {
    double mean = Arrays.stream(gaps).average().orElse(0);
    if (mean > 0) {
      for (int i = 0; i < gaps.length; i++) {
        gaps[i] /= mean;
      }
    }
    return gaps;
  }
}
