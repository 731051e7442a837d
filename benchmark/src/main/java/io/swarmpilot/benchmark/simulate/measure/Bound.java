package io.swarmpilot.benchmark.simulate.measure;

import java.util.Locale;

/// What a task must not exceed: so many times its unloaded time, or a response time.
///
/// @param times most slowdown, +∞ for no such bound
/// @param seconds longest response time, s, +∞ for no such bound
public record Bound(double times, double seconds) {
  /// Three times the unloaded time.
  public static final Bound THREE_TIMES = new Bound(3, Double.POSITIVE_INFINITY);

  /// Rounding to ns must not make a task late that met no other.
  private static final double ROUNDING = 1e-6;

  private static final double MOST_TIMES = 1_000_000;
  private static final double MOST_SECONDS = 86_400;

  /// The bound that `3x` (or `3`), `2.5x`, `800ms` or `1.5s` means.
  ///
  /// @throws IllegalArgumentException when it is none
  public static Bound parse(String text) {
    String plain = text.strip().toLowerCase(Locale.ROOT);
    Bound bound;
    if (plain.endsWith("ms")) {
      bound = within(number(plain, 2) / 1e3);
    } else if (plain.endsWith("s")) {
      bound = within(number(plain, 1));
    } else {
      bound = new Bound(number(plain, plain.endsWith("x") ? 1 : 0), Double.POSITIVE_INFINITY);
    }
    if (bound.isSensible()) {
      return bound;
    }
    throw new IllegalArgumentException(
        "--slo must be times such as 3x or 2.5x, from 1x to 1,000,000x, or a time such as 800ms or"
            + " 5s, above 0, at most a day; it is '"
            + text
            + "'");
  }

  private static Bound within(double seconds) {
    return new Bound(Double.POSITIVE_INFINITY, seconds);
  }

  /// A number before a unit of so many letters; NaN for anything else.
  private static double number(String text, int unit) {
    String digits = text.substring(0, text.length() - unit);
    boolean plain = digits.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
    try {
      return plain ? Double.parseDouble(digits) : Double.NaN;
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /// Whether a task kept to it.
  boolean holds(double slowdown, double responseSeconds) {
    return slowdown <= times + ROUNDING && responseSeconds <= seconds + ROUNDING;
  }

  private boolean isSensible() {
    return Double.isInfinite(times)
        ? seconds > 0 && seconds <= MOST_SECONDS
        : times >= 1 && times <= MOST_TIMES;
  }
}
