package io.swarmpilot.scheduler.policy;

import java.util.Arrays;

/// Whether the load of a model is low or high, with hysteresis: a level is left only once the load
/// has clearly left its range, and not before some time has passed.
///
/// Decisions are explained later than they are made, so the last changes are remembered.
final class LoadLevel {
  /// A mean of equal loads may differ from them by this.
  private static final double ROUNDING = 1e-9;

  private static final int REMEMBERED = 64;

  private final PolicySettings settings;
  private final double[] sinceMs = new double[REMEMBERED];
  private final Level[] levels = new Level[REMEMBERED];
  private int last;

  /// Starts in the middle.
  LoadLevel(PolicySettings settings) {
    this.settings = settings;
    Arrays.fill(sinceMs, Double.NEGATIVE_INFINITY);
    Arrays.fill(levels, Level.MIDDLE);
  }

  /// The level now that the load is known. Without an instance there is no load to speak of.
  Level follow(PoolView pool) {
    if (pool.slots() > 0 && pool.nowMs() - sinceMs[last] >= settings.dwellMs()) {
      Level next = next(Rotation.orInfinity(pool.load()));
      if (next != current()) {
        last = (last + 1) % REMEMBERED;
        levels[last] = next;
        sinceMs[last] = pool.nowMs();
      }
    }
    return current();
  }

  /// The level in force.
  Level current() {
    return levels[last];
  }

  /// The level that was in force at a moment; the earliest remembered for one before that.
  Level at(double nowMs) {
    int found = last;
    for (int i = 1; i < REMEMBERED && sinceMs[found] > nowMs; i++) {
      found = Math.floorMod(last - i, REMEMBERED);
    }
    return levels[found];
  }

  private Level next(double load) {
    double high = current() == Level.HIGH ? settings.highLoadExit() : settings.highLoad();
    double low = current() == Level.LOW ? settings.lowLoadExit() : settings.lowLoad();
    if (load > high + ROUNDING) {
      return Level.HIGH;
    }
    return load < low - ROUNDING ? Level.LOW : Level.MIDDLE;
  }

  /// Ranges of load.
  enum Level {
    LOW,
    MIDDLE,
    HIGH
  }
}
