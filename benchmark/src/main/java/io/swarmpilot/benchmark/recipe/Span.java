package io.swarmpilot.benchmark.recipe;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A length of time as recipes and workloads write it.
///
/// Recipes take digits and one of s, m, h. Workloads take the same, bare digits and numbers as
/// seconds, and blanks around them. Neither takes days, compounds or upper case.
public final class Span {
  private static final Pattern RECIPE = Pattern.compile("([0-9]{1,9})([smh])");
  private static final Pattern WORKLOAD = Pattern.compile(" *([0-9]{1,9})([smh]?) *");
  private static final double LONGEST_SECONDS = 1e9;

  private Span() {}

  /// A recipe's time, or nothing when it is no time.
  public static Optional<Duration> ofRecipe(String text) {
    return read(RECIPE.matcher(text));
  }

  /// A workload's time, a text or a number of seconds, or nothing when it is no time.
  public static Optional<Duration> ofWorkload(Object value) {
    return switch (value) {
      case String text -> read(WORKLOAD.matcher(text));
      case Number number -> seconds(number.doubleValue());
      default -> Optional.empty();
    };
  }

  /// The unit of a recipe's time: 's', 'm', 'h', or ' ' when it is no time.
  static char unit(String text) {
    Matcher matcher = RECIPE.matcher(text);
    return matcher.matches() ? matcher.group(2).charAt(0) : ' ';
  }

  /// The form that both take: "90s"; fractions are written out in full.
  public static Object written(Duration time) {
    return time.toNanosPart() == 0 ? time.toSeconds() + "s" : (Object) (time.toNanos() / 1e9);
  }

  private static Optional<Duration> seconds(double seconds) {
    return seconds >= 0 && seconds < LONGEST_SECONDS
        ? Optional.of(Duration.ofNanos(Math.round(seconds * 1e9)))
        : Optional.empty();
  }

  private static Optional<Duration> read(Matcher matcher) {
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long amount = Long.parseLong(matcher.group(1));
    return Optional.of(
        switch (matcher.group(2)) {
          case "m" -> Duration.ofMinutes(amount);
          case "h" -> Duration.ofHours(amount);
          default -> Duration.ofSeconds(amount);
        });
  }
}
