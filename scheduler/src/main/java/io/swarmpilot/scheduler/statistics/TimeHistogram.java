package io.swarmpilot.scheduler.statistics;

import com.google.common.primitives.ImmutableDoubleArray;
import com.google.common.primitives.ImmutableLongArray;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.DoubleAdder;

/// A distribution of times, s. Safe for use by several threads.
public final class TimeHistogram {
  private static final ImmutableDoubleArray BOUNDS =
      ImmutableDoubleArray.of(
          0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 50, 100, 250, 1_000);

  private final AtomicLongArray counts = new AtomicLongArray(BOUNDS.length() + 1);
  private final DoubleAdder sum = new DoubleAdder();

  void add(double seconds) {
    if (seconds >= 0) {
      int bucket = 0;
      while (bucket < BOUNDS.length() && seconds > BOUNDS.get(bucket)) {
        bucket++;
      }
      counts.incrementAndGet(bucket);
      sum.add(seconds);
    }
  }

  /// Upper bounds of the buckets, ascending, s.
  public ImmutableDoubleArray bounds() {
    return BOUNDS;
  }

  /// Values in each bucket, the last beyond all bounds.
  public ImmutableLongArray counts() {
    ImmutableLongArray.Builder copy = ImmutableLongArray.builder(counts.length());
    for (int i = 0; i < counts.length(); i++) {
      copy.add(counts.get(i));
    }
    return copy.build();
  }

  /// Sum of the values, s.
  public double sum() {
    return sum.sum();
  }
}
