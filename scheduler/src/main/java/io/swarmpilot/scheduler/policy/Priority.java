package io.swarmpilot.scheduler.policy;

import java.util.Locale;
import java.util.Optional;

/// How urgent a task is; the first is the most urgent. Source: the seeds' `RequestPriority`, with
/// its numbers.
public enum Priority {
  /// 0.
  CRITICAL(0),
  /// 1.
  HIGH(1),
  /// 2, unless told otherwise.
  NORMAL(2),
  /// 3.
  LOW(3),
  /// 4.
  BACKGROUND(4);

  private final int number;

  Priority(int number) {
    this.number = number;
  }

  /// Its number, 0 to 4.
  public int number() {
    return number;
  }

  /// The priority of a number, 0 to 4.
  public static Optional<Priority> of(double number) {
    for (Priority priority : values()) {
      if (priority.number == number) {
        return Optional.of(priority);
      }
    }
    return Optional.empty();
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
