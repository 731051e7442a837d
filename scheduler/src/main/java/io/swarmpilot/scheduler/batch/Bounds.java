package io.swarmpilot.scheduler.batch;

/// Checks of what callers hand in.
final class Bounds {
  private Bounds() {}

  static void named(String value, String name) {
    require(!value.isEmpty(), name, "not empty");
  }

  static void notNegative(double value, String name) {
    require(value >= 0 && value < Double.POSITIVE_INFINITY, name, "finite, not negative");
  }

  static void positive(int value, String name) {
    require(value >= 1, name, "at least 1");
  }

  static void require(boolean condition, String name, String expected) {
    if (!condition) {
      throw new IllegalArgumentException(name + " (expected: " + expected + ")");
    }
  }
}
