package io.swarmpilot.launcher.benchmark;

import io.swarmpilot.launcher.settings.CommandFailure;
import io.swarmpilot.launcher.settings.TimeSpan;
import java.time.Duration;
import picocli.CommandLine.TypeConversionException;

/// Times inside of values of options.
final class Times {
  private static final TimeSpan.Converter CONVERTER = new TimeSpan.Converter();

  private Times() {}

  /// Reads one.
  ///
  /// @param option is named when it is none
  static Duration parse(String option, String text) {
    try {
      return CONVERTER.convert(text).duration();
    } catch (TypeConversionException e) {
      throw new CommandFailure(option + ": " + e.getMessage(), e);
    }
  }
}
