package io.swarmpilot.launcher;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/// What is logged, before the first logger exists.
final class Logging {
  /// Kept: the log manager holds loggers weakly.
  private static final Logger ROOT = Logger.getLogger("");

  /// Warns of every load that fails, which whoever asked is told anyway.
  private static final Logger CACHE = Logger.getLogger("com.github.benmanes.caffeine.cache");

  private static final Set<String> SERVICES =
      Set.of("scheduler", "predictor", "taskinstance", "gateway");

  private Logging() {}

  /// Takes `LOG_LEVEL` (debug, info, warning, error; as Python and Java spell them) for our own
  /// messages; without it a single service says what it does, everything else only what is wrong.
  /// Libraries say warnings only.
  static void prepare(List<String> arguments, Map<String, String> environment) {
    boolean service = !arguments.isEmpty() && SERVICES.contains(arguments.getFirst());
    String usual = service ? "info" : "warn";
    String wanted = environment.getOrDefault("LOG_LEVEL", usual).strip().toLowerCase(Locale.ROOT);
    String level =
        switch (wanted) {
          case "trace", "debug", "info", "warn", "error", "off" -> wanted;
          case "warning" -> "warn";
          case "critical", "fatal" -> "error";
          default -> usual;
        };
    System.setProperty("swarmpilot.log.level", level);
    System.setProperty("java.util.logging.SimpleFormatter.format", "%1$tT %4$s %3$s: %5$s%n");
    ROOT.setLevel(Level.WARNING);
    CACHE.setLevel(Level.SEVERE);
  }
}
