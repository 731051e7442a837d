package io.swarmpilot.taskinstance.backend.http;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// How an engine is watched.
///
/// @param interval time between two questions
/// @param metricsUrl where it tells its load, when that is not `/metrics` beside its interface
record ProbeSettings(Duration interval, Optional<URI> metricsUrl) {
  private static final int DEFAULT_INTERVAL_MS = 2_000;
  private static final int MIN_INTERVAL_MS = 100;
  private static final int MAX_INTERVAL_MS = 600_000;

  static ProbeSettings parse(ConfigReader config) {
    return new ProbeSettings(
        Duration.ofMillis(
            config.number(
                "probe_interval_ms", DEFAULT_INTERVAL_MS, MIN_INTERVAL_MS, MAX_INTERVAL_MS)),
        config
            .text("metrics_url")
            .map(url -> BaseUrl.parse(url, "metrics_url", config.violations())));
  }
}
