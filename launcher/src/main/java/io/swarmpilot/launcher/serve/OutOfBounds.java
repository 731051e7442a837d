package io.swarmpilot.launcher.serve;

import com.google.common.collect.ImmutableMap;
import io.swarmpilot.launcher.settings.CommandFailure;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Says which flag is out of bounds when a service refuses one of its settings.
final class OutOfBounds {
  /// As in `maxAttempts: 0 (expected: > 0)`.
  private static final Pattern REFUSAL =
      Pattern.compile("(\\w+)(?:: (.*?))? \\(expected: (.+)\\)", Pattern.DOTALL);

  private static final Pattern NAME = Pattern.compile("[a-z]+(?:[A-Z][a-z]+)+");

  /// Flags that are not named as their setting is.
  private static final Map<String, String> FLAGS =
      ImmutableMap.of(
          "highLoad", "--adaptive-high",
          "highLoadExit", "--adaptive-high-exit",
          "lowLoad", "--adaptive-low",
          "lowLoadExit", "--adaptive-low-exit",
          "dwellMs", "--adaptive-dwell",
          "overdueAfterMs", "--overdue-after");

  private OutOfBounds() {}

  /// The failure in words of the command line.
  static CommandFailure of(IllegalArgumentException refusal) {
    String message = String.valueOf(refusal.getMessage());
    Matcher parts = REFUSAL.matcher(message);
    if (!parts.matches()) {
      return new CommandFailure(message, refusal);
    }
    String value = parts.group(2) == null ? "" : ", not " + parts.group(2);
    String expected = NAME.matcher(parts.group(3)).replaceAll(name -> flag(name.group()));
    return new CommandFailure(flag(parts.group(1)) + " must be " + expected + value, refusal);
  }

  private static String flag(String setting) {
    String known = FLAGS.get(setting);
    return known == null
        ? "--" + setting.replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT)
        : known;
  }
}
