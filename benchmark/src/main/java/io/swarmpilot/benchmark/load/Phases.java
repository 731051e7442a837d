package io.swarmpilot.benchmark.load;

import io.swarmpilot.benchmark.measure.Window;
import java.time.Duration;

/// The parts of a run. Load is the same in all three; only the middle one is measured.
///
/// @param warmup before the window
/// @param duration of the window, above 0
/// @param cooldown after it, so that the last requests measured do not see a server that empties
public record Phases(Duration warmup, Duration duration, Duration cooldown) {
  private static final Duration MOST = Duration.ofDays(7);

  /// Refuses parts out of bounds.
  public Phases {
    if (warmup.isNegative() || cooldown.isNegative() || !duration.isPositive()) {
      throw new IllegalArgumentException(
          "the duration must be above 0, warm-up and cool-down at least 0");
    }
    if (warmup.compareTo(MOST) > 0
        || duration.compareTo(MOST) > 0
        || cooldown.compareTo(MOST) > 0) {
      throw new IllegalArgumentException("a run may be 7 days long at most");
    }
  }

  /// Measured from the start to the end.
  public static Phases of(Duration duration) {
    return new Phases(Duration.ZERO, duration, Duration.ZERO);
  }

  /// The part that is measured.
  public Window window() {
    return Window.after(warmup, duration);
  }

  /// When the last request may start, ns after the start.
  public long end() {
    return warmup.plus(duration).plus(cooldown).toNanos();
  }
}
