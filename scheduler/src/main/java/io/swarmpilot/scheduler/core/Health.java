package io.swarmpilot.scheduler.core;

/// Whether an instance that answers can be relied on. One that fails task after task, or lags far
/// behind what is expected of it, is left out for a while, longer each time, and returns slowly.
///
/// Source: Envoy's outlier detection.
final class Health {
  /// Failures in a row that eject.
  static final int FAILURES = 5;

  private static final long FIRST_EJECTION = 10_000_000_000L;
  private static final int MOST_DOUBLINGS = 5;
  private static final int NOT_RAMPING = Integer.MAX_VALUE;

  private int failures;
  private int ejections;
  private boolean ejected;
  private long ejectedUntil;
  private int ramp = NOT_RAMPING;

  boolean ejected() {
    return ejected;
  }

  /// When it returns, nanoseconds; meaningful while it is ejected.
  long ejectedUntil() {
    return ejectedUntil;
  }

  /// Most tasks it is given while it returns.
  int ramp() {
    return ramp;
  }

  void succeeded() {
    failures = 0;
    if (ramp != NOT_RAMPING) {
      ramp = ramp > 64 ? NOT_RAMPING : 2 * ramp;
      if (ramp == NOT_RAMPING) {
        ejections = Math.max(0, ejections - 1);
      }
    }
  }

  /// Whether it has failed often enough in a row to be ejected.
  boolean failed() {
    failures++;
    return failures >= FAILURES && !ejected;
  }

  void eject(long now) {
    ejected = true;
    ejectedUntil = now + (FIRST_EJECTION << Math.min(ejections, MOST_DOUBLINGS));
    ejections++;
    failures = 0;
  }

  void comeBack() {
    ejected = false;
    ramp = 1;
  }
}
