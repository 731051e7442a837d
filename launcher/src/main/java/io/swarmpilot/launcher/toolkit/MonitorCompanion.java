package io.swarmpilot.launcher.toolkit;

import io.swarmpilot.benchmark.monitor.Monitor;
import io.swarmpilot.benchmark.monitor.MonitorSettings;
import io.swarmpilot.benchmark.orchestrate.Companion;
import java.io.IOException;

/// Samples this machine while a benchmark runs.
///
/// @param monitor what samples
record MonitorCompanion(Monitor monitor) implements Companion {
  static MonitorCompanion of(MonitorSettings settings) {
    return new MonitorCompanion(new Monitor(settings));
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
