package io.swarmpilot.benchmark.orchestrate;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What an orchestrator is to conduct.
///
/// @param serverNodes nodes with a server: host names, `host:port` or URLs
/// @param clientNodes nodes with an executor: host names or `host:port`
/// @param serverPort port of the servers; empty for the service's usual one
/// @param clientPort port of the executors
/// @param timeout longest time of each step before load: health, preparation, start
/// @param outputDirectory where results go
/// @param pollInterval time between two looks at a run; empty for one that fits its length
public record OrchestratorSettings(
    List<String> serverNodes,
    List<String> clientNodes,
    OptionalInt serverPort,
    int clientPort,
    Duration timeout,
    Path outputDirectory,
    Optional<Duration> pollInterval) {
  /// Port of executors where none is given.
  public static final int DEFAULT_CLIENT_PORT = 5_000;

  private static final int DEFAULT_TIMEOUT_SECONDS = 600;
  private static final int MAX_PORT = 65_535;
  private static final String OUTPUT = "benchmark_output";

  /// Copies the nodes and refuses what cannot be.
  ///
  /// @throws IllegalArgumentException naming what is wrong
  public OrchestratorSettings {
    serverNodes = List.copyOf(serverNodes);
    clientNodes = List.copyOf(clientNodes);
    require(!serverNodes.isEmpty(), "server-nodes: at least one is needed");
    require(!clientNodes.isEmpty(), "client-nodes: at least one is needed");
    require(
        clientNodes.stream().distinct().count() == clientNodes.size(),
        "client-nodes: a node is named twice");
    require(isPort(clientPort), "client-port: must be from 1 to 65535");
    require(
        serverPort.isEmpty() || isPort(serverPort.getAsInt()),
        "server-port: must be from 1 to 65535");
    require(timeout.isPositive(), "timeout: must be above 0");
    require(
        pollInterval.isEmpty() || pollInterval.get().isPositive(),
        "poll interval: must be above 0");
  }

  /// Servers and clients on the usual ports, 600 s for a step, results in `benchmark_output`.
  public static OrchestratorSettings of(List<String> serverNodes, List<String> clientNodes) {
    return new OrchestratorSettings(
        serverNodes,
        clientNodes,
        OptionalInt.empty(),
        DEFAULT_CLIENT_PORT,
        Duration.ofSeconds(DEFAULT_TIMEOUT_SECONDS),
        Path.of(OUTPUT),
        Optional.empty());
  }

  /// The same with other ports.
  public OrchestratorSettings withPorts(OptionalInt server, int client) {
    return new OrchestratorSettings(
        serverNodes, clientNodes, server, client, timeout, outputDirectory, pollInterval);
  }

  /// The same with another time for each step.
  public OrchestratorSettings withTimeout(Duration step) {
    return new OrchestratorSettings(
        serverNodes, clientNodes, serverPort, clientPort, step, outputDirectory, pollInterval);
  }

  /// The same with results elsewhere.
  public OrchestratorSettings withOutputDirectory(Path directory) {
    return new OrchestratorSettings(
        serverNodes, clientNodes, serverPort, clientPort, timeout, directory, pollInterval);
  }

  /// The same with another time between two looks at a run.
  public OrchestratorSettings withPollInterval(Duration interval) {
    return new OrchestratorSettings(
        serverNodes,
        clientNodes,
        serverPort,
        clientPort,
        timeout,
        outputDirectory,
        Optional.of(interval));
  }

  /// The time for a step in whole seconds, at least 1.
  int timeoutSeconds() {
    return Math.clamp(timeout.toSeconds(), 1, Integer.MAX_VALUE);
  }

  private static boolean isPort(int port) {
    return port >= 1 && port <= MAX_PORT;
  }

  private static void require(boolean holds, String wrong) {
    if (!holds) {
      throw new IllegalArgumentException(wrong);
    }
  }
}
