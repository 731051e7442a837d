package io.swarmpilot.taskinstance.backend.ollama;

import io.swarmpilot.taskinstance.backend.http.ConfigReader;
import java.time.Duration;
import java.util.Set;

/// Whether Ollama may download a model that it does not have.
///
/// @param allowed whether it may
/// @param limit longest time for it
record PullSettings(boolean allowed, Duration limit) {
  static final Set<String> NAMES = Set.of("pull", "pull_timeout_ms");

  private static final int DEFAULT_LIMIT_MS = 1_800_000;
  private static final int MAX_LIMIT_MS = 86_400_000;

  /// The settings `pull`, false unless given, and `pull_timeout_ms`, half an hour unless given.
  static PullSettings parse(ConfigReader config) {
    return new PullSettings(
        config.flag("pull", false),
        Duration.ofMillis(config.number("pull_timeout_ms", DEFAULT_LIMIT_MS, 1, MAX_LIMIT_MS)));
  }
}
