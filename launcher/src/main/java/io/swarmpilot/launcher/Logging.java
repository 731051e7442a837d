package io.swarmpilot.launcher;

import java.util.Locale;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/// What is logged, before the first logger exists.
final class Logging {
  /// Kept: the log manager holds loggers weakly.
  private static final Logger ROOT = Logger.getLogger("");

  private Logging() {}

  /// Takes `LOG_LEVEL` (debug, info, warning, error; as Python and Java spell them) for our own
  /// messages. Libraries say warnings only.
  static void prepare(Map<String, String> environment) {
    String wanted = environment.getOrDefault("LOG_LEVEL", "info").strip().toLowerCase(Locale.ROOT);
    String level =
        switch (wanted) {
          case "trace", "debug", "info", "warn", "error", "off" -> wanted;
          case "warning" -> "warn";
          case "critical", "fatal" -> "error";
          default -> "info";
        };
    System.setProperty("swarmpilot.log.level", level);
    System.setProperty("java.util.logging.SimpleFormatter.format", "%1$tT %4$s %3$s: %5$s%n");
    ROOT.setLevel(Level.WARNING);
  }
}
