package io.swarmpilot.launcher.toolkit;

import com.google.common.net.HostAndPort;
import io.swarmpilot.benchmark.agent.AgentMonitoring;
import io.swarmpilot.benchmark.agent.StreamLogCollector;
import io.swarmpilot.benchmark.logs.BaseLogCollector;
import io.swarmpilot.benchmark.logs.LogCollecting;
import io.swarmpilot.benchmark.logs.LogSource;
import io.swarmpilot.benchmark.logs.TailerLogCollector;
import io.swarmpilot.benchmark.logs.TailerSettings;
import io.swarmpilot.benchmark.monitor.MonitorSettings;
import io.swarmpilot.benchmark.orchestrate.Companion;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What is observed beside the load: this machine, the servers, the logs.
final class Observation {
  private static final Duration PUSHES = Duration.ofSeconds(15);
  private static final int PUSHGATEWAY = 9_091;

  @Option(names = "--enable-monitoring", description = "Sample this machine meanwhile.")
  private boolean monitoring;

  @Option(
      names = "--pushgateway-node",
      paramLabel = "NODE",
      description = "Node of the Prometheus Pushgateway; needed with --enable-monitoring.")
  private @Nullable String pushgatewayNode;

  @Option(
      names = "--monitor-interval",
      paramLabel = "SECONDS",
      description = "Time between two samples (default: ${DEFAULT-VALUE}).")
  private double interval = 5;

  @Option(
      names = "--monitor-output",
      paramLabel = "FILE",
      description = "CSV file of the samples (default: ${DEFAULT-VALUE}).")
  private Path output = Path.of("benchmark_metrics.csv");

  @Option(
      names = "--agent-port",
      paramLabel = "PORT",
      description =
          "Port of a node agent (`swarmpilot node-agent`) on every node: servers are sampled too, and"
              + " logs come from the agents.")
  private @Nullable Integer agentPort;

  @Option(
      names = "--collect-logs",
      description =
          "Gather the logs of servers and executors: container_NODE.log and client_NODE.log of the"
              + " output directory, or of the agents.")
  private boolean logs;

  /// What accompanies a benchmark.
  ///
  /// @param outputDirectory where results go
  /// @throws IllegalArgumentException naming the option that is wrong
  List<Companion> companions(List<String> servers, List<String> clients, Path outputDirectory) {
    List<Companion> companions = new ArrayList<>();
    if (monitoring) {
      if (pushgatewayNode == null) {
        throw new IllegalArgumentException("--enable-monitoring needs --pushgateway-node");
      }
      companions.add(MonitorCompanion.of(settings(output, "orchestrator", Optional.empty())));
      if (agentPort != null) {
        companions.add(serverMonitors(servers));
      }
    }
    if (logs) {
      companions.add(collecting(servers, clients, outputDirectory));
    }
    return companions;
  }

  private AgentMonitoring serverMonitors(List<String> servers) {
    Map<HostAndPort, MonitorSettings> agents = new HashMap<>();
    for (String server : servers) {
      String node = host(server);
      agents.put(agent(node), settings(beside(output, node), "server", Optional.of(node)));
    }
    return new AgentMonitoring(agents);
  }

  private LogCollecting collecting(List<String> servers, List<String> clients, Path directory) {
    List<LogSource> sources =
        Stream.concat(
                servers.stream().map(node -> new LogSource(host(node), "server", "")),
                clients.stream().map(node -> new LogSource(host(node), "client", "")))
            .distinct()
            .toList();
    TailerSettings settings = TailerSettings.of(directory, directory.resolve("logs"));
    return new LogCollecting(collector(sources, settings), sources);
  }

  private BaseLogCollector collector(List<LogSource> sources, TailerSettings settings) {
    if (agentPort == null) {
      return new TailerLogCollector(settings);
    }
    Map<String, HostAndPort> agents = new HashMap<>();
    sources.forEach(source -> agents.put(source.node(), agent(source.node())));
    return new StreamLogCollector(settings, agents);
  }

  private MonitorSettings settings(Path file, String source, Optional<String> instance) {
    Map<String, String> labels = new HashMap<>(Map.of("job", "benchmark", "source", source));
    instance.ifPresent(name -> labels.put("instance", name));
    return MonitorSettings.into(file)
        .withInterval(Duration.ofNanos(Math.round(interval * 1e9)))
        .pushingTo(pushgateway(String.valueOf(pushgatewayNode)), PUSHES, labels);
  }

  private HostAndPort agent(String node) {
    if (agentPort == null || agentPort < 1 || agentPort > 65_535) {
      throw new IllegalArgumentException("--agent-port must be from 1 to 65535");
    }
    return HostAndPort.fromParts(node, agentPort);
  }

  /// The Pushgateway at a node, `host:port` or URL.
  private static URI pushgateway(String node) {
    if (node.contains("://")) {
      return URI.create(node);
    }
    return URI.create("http://" + HostAndPort.fromString(node).withDefaultPort(PUSHGATEWAY));
  }

  private static String host(String node) {
    String address = node.contains("://") ? String.valueOf(URI.create(node).getHost()) : node;
    return HostAndPort.fromString(address).getHost();
  }

  /// `metrics.csv` of a node: `metrics.node1.csv`.
  private static Path beside(Path file, String node) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    String stem = dot < 0 ? name : name.substring(0, dot);
    return file.resolveSibling(
        stem + "." + node.replace(':', '_') + (dot < 0 ? "" : name.substring(dot)));
  }
}
