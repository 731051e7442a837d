package io.swarmpilot.predictor;

import io.swarmpilot.predictor.service.PredictorEndpoint;
import io.swarmpilot.runtime.grpc.MeshServer;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A running predictor: composes its parts and owns what they run on.
public final class PredictorServer implements AutoCloseable {
  private final MeshServer server;
  private final ExecutorService calls;

  private PredictorServer(MeshServer server, ExecutorService calls) {
    this.server = server;
    this.calls = calls;
  }

  /// Starts serving.
  ///
  /// @throws IOException when the port cannot be bound; nothing is left running
  public static PredictorServer start(PredictorConfig config) throws IOException {
    // Reading a table blocks, so every call has its own virtual thread.
    ExecutorService calls =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("predictor-", 0).factory());
    MeshServer.Builder builder =
        MeshServer.builder().service(new PredictorEndpoint()).executor(calls);
    if (config.port() >= 0) {
      builder.listen(config.host(), config.port());
    }
    config.inProcessName().ifPresent(builder::inProcess);
    try {
      return new PredictorServer(builder.build().start(), calls);
    } catch (IOException e) {
      calls.close();
      throw e;
    }
  }

  /// The port it listens on; -1 when it serves inside the process only.
  public int port() {
    return server.port();
  }

  /// Stops taking calls, lets the running ones end for at most `grace`, then ends the rest.
  public void drain(Duration grace) {
    server.drain(grace);
    calls.shutdownNow();
  }

  /// Stops at once.
  @Override
  public void close() {
    drain(Duration.ZERO);
  }
}
