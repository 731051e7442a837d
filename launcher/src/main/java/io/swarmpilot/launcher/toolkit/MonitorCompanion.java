package io.swarmpilot.launcher.toolkit;

import io.swarmpilot.benchmark.monitor.Monitor;
import io.swarmpilot.benchmark.monitor.MonitorSettings;
import io.swarmpilot.benchmark.orchestrate.Companion;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/// Samples this machine while a benchmark runs.
///
/// @param monitor what samples
record MonitorCompanion(Monitor monitor) implements Companion {
  private static final int PUSHGATEWAY = 9_091;
  private static final Duration PUSHES = Duration.ofSeconds(15);

  /// A monitor into a file and to a Pushgateway.
  ///
  /// @param seconds between two samples
  /// @param pushgateway a node, `host:port` or a URL
  /// @throws IllegalArgumentException when one of them cannot be
  static MonitorCompanion of(Path output, double seconds, String pushgateway) {
    String whole = pushgateway.contains("://") ? pushgateway : "http://" + pushgateway;
    URI address = URI.create(whole);
    URI ported =
        address.getPort() < 0 && !pushgateway.contains("://")
            ? URI.create(whole + ":" + PUSHGATEWAY)
            : address;
    return new MonitorCompanion(
        new Monitor(
            MonitorSettings.into(output)
                .withInterval(Duration.ofNanos(Math.round(seconds * 1e9)))
                .pushingTo(ported, PUSHES, Map.of("job", "benchmark", "source", "orchestrator"))));
  }

  @Override
  public String name() {
    return "the monitor";
  }

  @Override
  public void start() throws IOException {
    monitor.start();
  }

  @Override
  public void stop() {
    monitor.stop();
  }
}
