package io.swarmpilot.taskinstance.backend.process;

import io.swarmpilot.runtime.error.ErrorReason;
import io.swarmpilot.runtime.error.MeshException;
import io.swarmpilot.taskinstance.backend.Backend;
import io.swarmpilot.taskinstance.backend.Replica;
import io.swarmpilot.taskinstance.backend.ReplicaSpec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Starts servers of one replica and waits until they take tasks.
///
/// @param spec the replica
/// @param settings how its server is started
/// @param engine the backend that talks to it
/// @param site what the servers of the instance share
/// @param output what it prints
record ServerStarter(
    ReplicaSpec spec, ProcessSettings settings, Backend engine, Site site, ServerLog output) {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final int CONNECT_MS = 1_000;

  /// A server that takes tasks.
  ///
  /// @param stop ends when it is not wanted any more
  /// @throws MeshException INSUFFICIENT_RESOURCES when there is none in time, or as the engine's
  ///   backend says; nothing is left running
  RunningServer start(CompletableFuture<Void> stop) {
    int port = site.ports().take();
    try {
      ServerLaunch launch = ServerLaunch.of(settings, port, spec.gpus(), site.devices());
      ServerProcess process =
          ServerProcess.start(launch.command(), launch.environment(), site.records(), output);
      boolean ready = false;
      try {
        Replica replica = awaitReady(process, port, stop);
        ready = true;
        return new RunningServer(process, replica, port, System.nanoTime());
      } finally {
        if (!ready) {
          process.stop(settings.stopGrace());
        }
      }
    } catch (RuntimeException e) {
      site.ports().giveBack(port);
      throw e;
    }
  }

  /// Gives back what a server held that has ended.
  void release(RunningServer server) {
    server.replica().close();
    site.ports().giveBack(server.port());
  }

  private Replica awaitReady(ServerProcess process, int port, CompletableFuture<Void> stop) {
    long deadline = System.nanoTime() + settings.readyTimeout().toNanos();
    String why = "nothing listens on its port " + port;
    CompletableFuture<Object> over = CompletableFuture.anyOf(process.exit(), stop);
    while (!over.isDone()) {
      if (isListening(port)) {
        try {
          return engine.open(new ReplicaSpec(spec.modelType(), settings.engineAt(port)));
        } catch (MeshException e) {
          if (e.reason() != ErrorReason.INSUFFICIENT_RESOURCES) {
            throw e;
          }
          why = e.message();
        }
      }
      if (System.nanoTime() - deadline >= 0) {
        throw failed(
            "the server was not ready within "
                + settings.readyTimeout().toMillis()
                + " ms: "
                + why
                + process.lastWords());
      }
      pause(over);
    }
    if (stop.isDone()) {
      throw failed("the server was stopped before it was ready");
    }
    throw failed(process.describeEnd() + process.lastWords());
  }

  private static void pause(CompletableFuture<Object> over) {
    try {
      over.get(POLL.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("interrupted while the server was being started");
    } catch (ExecutionException e) {
      throw new IllegalStateException("the end of a process is never a failure", e);
    }
  }

  private static MeshException failed(String why) {
    return MeshException.of(ErrorReason.INSUFFICIENT_RESOURCES, why).with("missing", "engine");
  }

  private static boolean isListening(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
