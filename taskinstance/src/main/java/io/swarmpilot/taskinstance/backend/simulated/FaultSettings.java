package io.swarmpilot.taskinstance.backend.simulated;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Reads what is to go wrong.
final class FaultSettings {
  private static final double MAX_FACTOR = 1_000;
  private static final double MAX_SECONDS = 1e9;
  private static final int MAX_WINDOWS = 1_000;
  private static final double MS_PER_SECOND = 1_000;

  private FaultSettings() {}

  /// The faults in a configuration; notes a violation against every setting that is wrong.
  static Faults parse(Config config) {
    Faults.Always always =
        new Faults.Always(
            config.number("failure_rate", 0, 0, 1),
            kind(config),
            config.number("failure_at", 1, 0, 1),
            config.number("slowdown_rate", 0, 0, 1),
            config.number("slowdown", 1, 0.001, MAX_FACTOR));
    return new Faults(always, windows(config));
  }

  private static FailureKind kind(Config config) {
    return switch (config.object().path("failure_kind").asText("execution")) {
      case "execution" -> FailureKind.EXECUTION;
      case "replica_lost" -> FailureKind.REPLICA_LOST;
      case "stall" -> FailureKind.STALL;
      default -> {
        config.require(false, "failure_kind", "must be execution, replica_lost or stall");
        yield FailureKind.EXECUTION;
      }
    };
  }

  private static List<Faults.Window> windows(Config config) {
    JsonNode list = config.object().path("faults");
    if (!config.has("faults")) {
      return List.of();
    }
    if (!list.isArray() || list.size() > MAX_WINDOWS) {
      config.require(
          false, "faults", "must be an array of at most %d objects".formatted(MAX_WINDOWS));
      return List.of();
    }
    List<Faults.Window> windows = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      String path = String.format(Locale.ROOT, "%s.faults[%d]", config.path(), i);
      windows.add(window(new Config(list.path(i), path, config.violations())));
    }
    return windows;
  }

  private static Faults.Window window(Config config) {
    config.allow(Set.of("from_s", "to_s", "failure_rate", "slowdown"));
    double from = config.number("from_s", 0, 0, MAX_SECONDS);
    double to = config.number("to_s", MAX_SECONDS, 0, MAX_SECONDS);
    config.require(from < to, "to_s", "must be after from_s");
    return new Faults.Window(
        from * MS_PER_SECOND,
        to * MS_PER_SECOND,
        config.number("failure_rate", 0, 0, 1),
        config.number("slowdown", 1, 0.001, MAX_FACTOR));
  }
}
