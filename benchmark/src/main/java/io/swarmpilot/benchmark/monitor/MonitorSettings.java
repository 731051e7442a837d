package io.swarmpilot.benchmark.monitor;

import com.google.common.collect.ImmutableMap;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a monitor samples, how often, and where that goes.
///
/// @param outputFile CSV file, written anew
/// @param interval time between readings, 100 ms to an hour
/// @param metrics what is sampled, at least one
/// @param pushgateway address of a Prometheus Pushgateway, such as `http://node7:9091`; empty for
///   none
/// @param pushInterval time between pushes, 1 s to an hour
/// @param grouping labels under which it pushes; without `job` that is `hpc-monitor`, without
///   `instance` the name of the host
public record MonitorSettings(
    Path outputFile,
    Duration interval,
    Set<Metric> metrics,
    Optional<URI> pushgateway,
    Duration pushInterval,
    Map<String, String> grouping) {
  private static final Duration HOUR = Duration.ofHours(1);

  /// Checks the bounds.
  ///
  /// @throws IllegalArgumentException naming the setting
  public MonitorSettings {
    metrics = Set.copyOf(metrics);
    grouping = ImmutableMap.copyOf(grouping);
    requireWithin("interval", interval, Duration.ofMillis(100));
    requireWithin("pushInterval", pushInterval, Duration.ofSeconds(1));
    if (metrics.isEmpty()) {
      throw new IllegalArgumentException("metrics: at least one is needed");
    }
    pushgateway.ifPresent(MonitorSettings::requireHttp);
  }

  /// The defaults: everything, each second, into a file.
  public static MonitorSettings into(Path outputFile) {
    return new MonitorSettings(
        outputFile,
        Duration.ofSeconds(1),
        EnumSet.allOf(Metric.class),
        Optional.empty(),
        Duration.ofSeconds(15),
        Map.of());
  }

  /// The same with another time between readings.
  public MonitorSettings withInterval(Duration changed) {
    return new MonitorSettings(outputFile, changed, metrics, pushgateway, pushInterval, grouping);
  }

  /// The same, sampling something else.
  public MonitorSettings withMetrics(Set<Metric> changed) {
    return new MonitorSettings(outputFile, interval, changed, pushgateway, pushInterval, grouping);
  }

  /// The same, pushing there.
  ///
  /// @param labels the grouping
  public MonitorSettings pushingTo(URI address, Duration every, Map<String, String> labels) {
    return new MonitorSettings(outputFile, interval, metrics, Optional.of(address), every, labels);
  }

  private static void requireWithin(String name, Duration value, Duration least) {
    if (value.compareTo(least) < 0 || value.compareTo(HOUR) > 0) {
      throw new IllegalArgumentException(
          "%s: must be %s ms to an hour, not %s ms"
              .formatted(name, least.toMillis(), value.toMillis()));
    }
  }

  private static void requireHttp(URI address) {
    boolean http = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
    if (!http || address.getHost() == null) {
      throw new IllegalArgumentException(
          "pushgateway: must be an address such as http://host:9091, not " + address);
    }
  }
}
