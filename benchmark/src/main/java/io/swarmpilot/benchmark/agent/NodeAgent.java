package io.swarmpilot.benchmark.agent;

import io.swarmpilot.benchmark.ToolkitThreads;
import io.swarmpilot.benchmark.monitor.Probes;
import io.swarmpilot.runtime.grpc.MeshServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;

/// A running agent: tells the load and the logs of the node it runs on.
public final class NodeAgent implements AutoCloseable {
  private final MeshServer server;
  private final ExecutorService threads;

  private NodeAgent(MeshServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  /// Starts serving.
  ///
  /// @param host address to listen on
  /// @param port port to listen on; 0 picks a free one
  /// @param logDirectory directory whose files callers may follow
  /// @throws IOException when the port cannot be bound
  public static NodeAgent start(String host, int port, Path logDirectory) throws IOException {
    return start(host, port, logDirectory, Probes.LOCAL);
  }

  static NodeAgent start(String host, int port, Path logDirectory, Probes probes)
      throws IOException {
    ExecutorService threads = ToolkitThreads.perTask("node-agent-");
    NodeAgentEndpoint endpoint =
        new NodeAgentEndpoint(logDirectory, probes, threads, InstantSource.system());
    MeshServer server = MeshServer.builder().service(endpoint).listen(host, port).build();
    try {
      return new NodeAgent(server.start(), threads);
    } catch (IOException e) {
      threads.close();
      throw e;
    }
  }

  /// The port it listens on.
  public int port() {
    return server.port();
  }

  /// Ends the streams, then the server.
  @Override
  public void close() {
    threads.shutdownNow();
    server.drain(Duration.ofSeconds(1));
    threads.close();
  }
}
