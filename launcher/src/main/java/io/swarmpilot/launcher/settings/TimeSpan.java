package io.swarmpilot.launcher.settings;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A length of time, read from `250ms`, `30s`, `5m`, `1h`, `2d` or ISO 8601 (`PT30S`).
///
/// @param duration the time
public record TimeSpan(Duration duration) {
  private static final Pattern SHORT = Pattern.compile("(\\d{1,12}) ?(ms|s|m|h|d)");

  /// So many milliseconds.
  public static TimeSpan millis(long millis) {
    return new TimeSpan(Duration.ofMillis(millis));
  }

  /// So many seconds.
  public static TimeSpan seconds(long seconds) {
    return new TimeSpan(Duration.ofSeconds(seconds));
  }

  /// So many minutes.
  public static TimeSpan minutes(long minutes) {
    return new TimeSpan(Duration.ofMinutes(minutes));
  }

  /// The form that people write.
  @Override
  public String toString() {
    long ms = duration.toMillis();
    if (ms == 0 || ms % 1_000 != 0) {
      return ms + "ms";
    }
    long seconds = ms / 1_000;
    if (seconds % 60 != 0) {
      return seconds + "s";
    }
    return seconds % 3_600 == 0 ? seconds / 3_600 + "h" : seconds / 60 + "m";
  }

  /// Reads a time.
  public static final class Converter implements ITypeConverter<TimeSpan> {
    @Override
    public TimeSpan convert(String text) {
      Matcher matcher = SHORT.matcher(text.strip().toLowerCase(Locale.ROOT));
      try {
        return new TimeSpan(
            matcher.matches()
                ? of(Long.parseLong(matcher.group(1)), matcher.group(2))
                : Duration.parse(text.strip()));
      } catch (DateTimeParseException e) {
        throw new TypeConversionException("'" + text + "' is not a time such as 250ms, 30s or 5m");
      }
    }

    private static Duration of(long amount, String unit) {
      return switch (unit) {
        case "ms" -> Duration.ofMillis(amount);
        case "s" -> Duration.ofSeconds(amount);
        case "m" -> Duration.ofMinutes(amount);
        case "h" -> Duration.ofHours(amount);
        default -> Duration.ofDays(amount);
      };
    }
  }
}
