package io.swarmpilot.launcher.settings;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A moment, read from a time ago (`10m`), ISO 8601 (`2026-01-31T12:00:00Z`) or Unix seconds
/// (`1769860800.5`).
///
/// @param unixSeconds Unix seconds with fraction
public record Moment(double unixSeconds) {
  private static final Pattern NUMBER = Pattern.compile("\\d{1,12}(\\.\\d{1,9})?");

  private static Moment of(Instant instant) {
    return new Moment(instant.toEpochMilli() / 1e3);
  }

  /// Reads a moment.
  public static final class Converter implements ITypeConverter<Moment> {
    @Override
    public Moment convert(String text) {
      String stripped = text.strip();
      if (NUMBER.matcher(stripped).matches()) {
        return new Moment(Double.parseDouble(stripped));
      }
      try {
        return of(
            stripped.contains("-")
                ? Instant.parse(stripped)
                : Instant.now().minus(new TimeSpan.Converter().convert(stripped).duration()));
      } catch (DateTimeException | ArithmeticException | TypeConversionException e) {
        throw new TypeConversionException(
            "'" + text + "' is not a moment such as 10m (ago), 2026-01-31T12:00:00Z or 1769860800");
      }
    }
  }
}
