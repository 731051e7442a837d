package io.swarmpilot.scheduler;

import io.grpc.Channel;
import io.swarmpilot.runtime.grpc.MeshServer;
import io.swarmpilot.scheduler.service.SchedulerEndpoint;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;

/// A running scheduler: composes its parts and owns what they run on.
public final class SchedulerServer implements AutoCloseable {
  private final MeshServer server;

  private SchedulerServer(MeshServer server) {
    this.server = server;
  }

  /// Starts serving.
  ///
  /// @throws IOException when the port cannot be bound; nothing is left running
  public static SchedulerServer start(
      SchedulerConfig config, Channel predictor, InstanceDialer dialer) throws IOException {
    Objects.requireNonNull(predictor);
    Objects.requireNonNull(dialer);
    MeshServer.Builder builder = MeshServer.builder().service(new SchedulerEndpoint());
    if (config.port() >= 0) {
      builder.listen(config.host(), config.port());
    }
    config.inProcessName().ifPresent(builder::inProcess);
    return new SchedulerServer(builder.build().start());
  }

  /// The port it listens on; -1 when it serves inside the process only.
  public int port() {
    return server.port();
  }

  /// Stops taking calls, lets the running ones end for at most `grace`, then ends the rest.
  public void drain(Duration grace) {
    server.drain(grace);
  }

  /// Stops at once.
  @Override
  public void close() {
    drain(Duration.ZERO);
  }
}
