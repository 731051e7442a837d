package io.swarmpilot.scheduler.predict;

import io.swarmpilot.runtime.time.MeshClock;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Stops asking a predictor that keeps failing; lets one call through now and then to see whether
/// it is back.
final class CircuitBreaker {
  private static final int MOST_FAILURES = 5;
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final MeshClock clock;
  private final AtomicInteger failures = new AtomicInteger();
  private final AtomicLong nextTry = new AtomicLong();

  CircuitBreaker(MeshClock clock) {
    this.clock = clock;
  }

  /// Whether to call now.
  boolean permits() {
    if (failures.get() < MOST_FAILURES) {
      return true;
    }
    long due = nextTry.get();
    long now = clock.nanos();
    return now - due >= 0 && nextTry.compareAndSet(due, now + PAUSE_NANOS);
  }

  /// Notes that a call succeeded; true when that closes it.
  boolean succeeded() {
    return failures.get() != 0 && failures.getAndSet(0) >= MOST_FAILURES;
  }

  /// Notes that a call failed; true when that opens it.
  boolean failed() {
    nextTry.set(clock.nanos() + PAUSE_NANOS);
    return failures.incrementAndGet() == MOST_FAILURES;
  }
}
