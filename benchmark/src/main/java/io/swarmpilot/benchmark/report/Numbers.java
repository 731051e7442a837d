package io.swarmpilot.benchmark.report;

import java.util.Locale;

/// Numbers for people.
final class Numbers {
  private Numbers() {}

  /// Three significant digits, more before the decimal point.
  static String text(double number) {
    double size = Math.abs(number);
    if (size >= 100 || number == 0) {
      return format("%,.0f", number);
    }
    if (size >= 10) {
      return format("%.1f", number);
    }
    return format(size >= 1 ? "%.2f" : "%.3f", number);
  }

  /// A share as a percentage.
  static String percent(double share) {
    return format("%.2f %%", 100 * share);
  }

  static String format(String pattern, double number) {
    return String.format(Locale.ROOT, pattern, number);
  }
}
