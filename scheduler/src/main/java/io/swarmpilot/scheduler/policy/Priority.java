package io.swarmpilot.scheduler.policy;

import java.util.Locale;
import java.util.Optional;

/// How urgent a task is; the first is the most urgent. Source: the seeds' `RequestPriority`, whose
/// numbers are these ordinals.
public enum Priority {
  /// 0.
  CRITICAL,
  /// 1.
  HIGH,
  /// 2, unless told otherwise.
  NORMAL,
  /// 3.
  LOW,
  /// 4.
  BACKGROUND;

  /// The priority of a number, 0 to 4.
  public static Optional<Priority> of(double number) {
    int index = (int) number;
    return index == number && index >= 0 && index < values().length
        ? Optional.of(values()[index])
        : Optional.empty();
  }

  /// The priority of a name, without regard to case.
  public static Optional<Priority> named(String name) {
    String wanted = name.strip().toUpperCase(Locale.ROOT);
    for (Priority priority : values()) {
      if (priority.name().equals(wanted)) {
        return Optional.of(priority);
      }
    }
    return Optional.empty();
  }

  /// Whether it is CRITICAL or HIGH.
  public boolean isUrgent() {
    return this == CRITICAL || this == HIGH;
  }
}
