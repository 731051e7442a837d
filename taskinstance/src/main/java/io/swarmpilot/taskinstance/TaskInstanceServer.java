package io.swarmpilot.taskinstance;

import io.grpc.Channel;
import io.swarmpilot.proto.taskinstance.v1.DispatchServiceGrpc;
import io.swarmpilot.proto.taskinstance.v1.TaskInstanceServiceGrpc;
import io.swarmpilot.runtime.grpc.MeshServer;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// A running task instance: composes its parts and owns what they run on.
public final class TaskInstanceServer implements AutoCloseable {
  private final MeshServer server;

  private TaskInstanceServer(MeshServer server) {
    this.server = server;
  }

  /// Starts serving, registers with the scheduler if one is given, and begins to load the initial
  /// model in the background.
  ///
  /// @throws IOException when the port cannot be bound; nothing is left running
  public static TaskInstanceServer start(TaskInstanceConfig config, Optional<Channel> scheduler)
      throws IOException {
    MeshServer.Builder builder =
        MeshServer.builder()
            .service(new TaskInstanceServiceGrpc.TaskInstanceServiceImplBase() {})
            .service(new DispatchServiceGrpc.DispatchServiceImplBase() {});
    if (config.port() >= 0) {
      builder.listen(config.host(), config.port());
    }
    config.inProcessName().ifPresent(builder::inProcess);
    return new TaskInstanceServer(builder.build().start());
  }

  /// The port it listens on; -1 when it serves inside the process only.
  public int port() {
    return server.port();
  }

  /// Ends when the initial model runs, or with the failure to start it; ended already when there is
  /// none.
  public CompletionStage<Void> initialModel() {
    return CompletableFuture.completedStage(null);
  }

  /// Stops taking tasks, hands the waiting ones back to the scheduler, lets the running ones end
  /// for at most `grace`, then ends the rest.
  public void drain(Duration grace) {
    server.drain(grace);
  }

  /// Stops at once.
  @Override
  public void close() {
    drain(Duration.ZERO);
  }
}
