package io.swarmpilot.benchmark.recipe;

import java.time.Duration;
import java.util.Optional;

/// How servers are checked before a benchmark.
///
/// @param enabled whether they are
/// @param timeout how long they may take to become healthy, if the recipe says so
/// @param interval pause between two attempts
/// @param endpoint path to ask, if it is not the service's own
public record HealthCheck(
    boolean enabled, Optional<Duration> timeout, Duration interval, Optional<String> endpoint) {
  private static final long DEFAULT_INTERVAL_SECONDS = 5;

  static HealthCheck of(Tree part) {
    return new HealthCheck(
        part.flag("enabled").orElse(true),
        part.whole("timeout").isPresent()
            ? Optional.of(Duration.ofSeconds(part.whole("timeout").getAsLong()))
            : Optional.empty(),
        Duration.ofSeconds(part.whole("interval").orElse(DEFAULT_INTERVAL_SECONDS)),
        part.text("endpoint"));
  }
}
