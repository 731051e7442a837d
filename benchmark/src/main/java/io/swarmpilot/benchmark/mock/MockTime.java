package io.swarmpilot.benchmark.mock;

import java.util.concurrent.atomic.AtomicLong;

/// Time since the first request.
final class MockTime {
  private static final long NOT_BEGUN = Long.MIN_VALUE;

  private final AtomicLong origin = new AtomicLong(NOT_BEGUN);

  /// Ns since this was asked first.
  long now() {
    long nanos = System.nanoTime();
    long begun = origin.get();
    if (begun == NOT_BEGUN) {
      boolean _ = origin.compareAndSet(NOT_BEGUN, nanos);
      begun = origin.get();
    }
    return nanos - begun;
  }
}
