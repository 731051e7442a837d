package io.swarmpilot.benchmark.simulate.measure;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
  private static final Pattern FORM = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(x|ms|s|)");

  /// The bound that `3x` (or `3`), `2.5x`, `800ms` or `1.5s` means.
  ///
  /// @throws IllegalArgumentException when it is none
  public static Bound parse(String text) {
    Matcher parts = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (parts.matches()) {
      double number = Double.parseDouble(parts.group(1));
      Bound bound =
          switch (parts.group(2)) {
            case "ms" -> new Bound(Double.POSITIVE_INFINITY, number / 1e3);
            case "s" -> new Bound(Double.POSITIVE_INFINITY, number);
            default -> new Bound(number, Double.POSITIVE_INFINITY);
          };
      if (bound.isSensible()) {
        return bound;
      }
    }
    throw new IllegalArgumentException(
        "--slo must be times such as 3x or 2.5x, from 1x to 1,000,000x, or a time such as 800ms or"
            + " 5s, above 0, at most a day; it is '" + text + "'");
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
