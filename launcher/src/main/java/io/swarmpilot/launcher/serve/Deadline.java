package io.swarmpilot.launcher.serve;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// A moment by which something has to be done.
///
/// @param nanos the moment, on the scale of `System.nanoTime`
record Deadline(long nanos) {
  private static final Duration PAUSE = Duration.ofMillis(20);

  static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  /// Time left; zero once it has passed.
  Duration left() {
    return Duration.ofNanos(Math.max(0, nanos - System.nanoTime()));
  }

  /// Asks again and again until the answer is yes; false when time is up first.
  boolean await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      if (left().isZero() || Thread.currentThread().isInterrupted()) {
        return false;
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    return true;
  }
}
