package io.swarmpilot.benchmark.agent;

import com.google.common.net.HostAndPort;
import io.swarmpilot.benchmark.monitor.MonitorSettings;
import io.swarmpilot.benchmark.orchestrate.Companion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Samples other nodes, through their agents, while a benchmark runs.
public final class AgentMonitoring implements Companion {
  private final Map<HostAndPort, MonitorSettings> agents;
  private final List<RemoteMonitor> monitors = new ArrayList<>();

  /// @param agents where each agent listens, and where the readings of its node go
  public AgentMonitoring(Map<HostAndPort, MonitorSettings> agents) {
    this.agents = Map.copyOf(agents);
  }

  @Override
  public String name() {
    return "the monitor of the servers";
  }

  @Override
  public void start() {
    agents.forEach((agent, settings) -> monitors.add(RemoteMonitor.start(agent, settings)));
  }

  @Override
  public void stop() {
    monitors.forEach(RemoteMonitor::close);
    monitors.clear();
  }
}
