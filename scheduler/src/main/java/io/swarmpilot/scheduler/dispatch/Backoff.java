package io.swarmpilot.scheduler.dispatch;

import java.util.concurrent.TimeUnit;

/// When to try again: after 200 ms, then twice as long each time, at most 2 s.
final class Backoff {
  private static final long FIRST_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(2);

  private long next = FIRST_NANOS;

  /// How long to wait now, ns.
  long next() {
    long delay = next;
    next = Math.min(2 * next, LONGEST_NANOS);
    return delay;
  }

  void reset() {
    next = FIRST_NANOS;
  }
}
