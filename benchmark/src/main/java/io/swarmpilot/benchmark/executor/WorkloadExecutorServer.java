package io.swarmpilot.benchmark.executor;

import io.grpc.ManagedChannel;
import io.swarmpilot.gateway.Gateway;
import io.swarmpilot.runtime.grpc.MeshChannels;
import io.swarmpilot.runtime.grpc.MeshServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// One executor as a server: the documented REST paths and gRPC on one port, and gRPC alone on
/// another one if that is wanted.
public final class WorkloadExecutorServer implements AutoCloseable {
  private final Workloads workloads;
  private final ExecutorService threads;
  private final MeshServer grpc;
  private final ManagedChannel channel;
  private final Gateway gateway;

  private WorkloadExecutorServer(
      Workloads workloads,
      ExecutorService threads,
      MeshServer grpc,
      ManagedChannel channel,
      Gateway gateway) {
    this.workloads = workloads;
    this.threads = threads;
    this.grpc = grpc;
    this.channel = channel;
    this.gateway = gateway;
  }

  /// Starts serving.
  ///
  /// @param host address to listen on
  /// @param port of REST and gRPC; 0 picks a free one
  /// @param grpcPort of gRPC alone; empty for none, 0 picks a free one
  /// @throws IOException when a port cannot be bound; nothing is left running
  public static WorkloadExecutorServer start(
      WorkloadRunner runner, String host, int port, OptionalInt grpcPort) throws IOException {
    Workloads workloads = new Workloads(runner);
    ExecutorService threads =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("executor-call-", 0).factory());
    String name = "executor-" + UUID.randomUUID();
    MeshServer.Builder server =
        MeshServer.builder()
            .service(new WorkloadExecutorService(workloads, hostName()))
            .executor(threads)
            .inProcess(name);
    grpcPort.ifPresent(number -> server.listen(host, number));
    MeshServer grpc = server.build();
    ManagedChannel channel = MeshChannels.inProcess(name);
    Gateway gateway = Gateway.builder().host(host).executor(port, channel).build();
    WorkloadExecutorServer executor =
        new WorkloadExecutorServer(workloads, threads, grpc, channel, gateway);
    try {
      grpc.start();
      gateway.start();
    } catch (IOException | RuntimeException e) {
      executor.close();
      throw e;
    }
    return executor;
  }

  /// The port of REST and gRPC.
  public int port() {
    return gateway.executorPort().orElseThrow();
  }

  /// The port of gRPC alone; -1 when there is none.
  public int grpcPort() {
    return grpc.port();
  }

  /// Stops the workload, then serving; calls under way may end for at most `grace`.
  public void drain(Duration grace) {
    Optional<Workloads.Run> _ = workloads.stop();
    gateway.drain(grace);
    grpc.drain(grace);
    channel.shutdownNow();
    threads.shutdownNow();
  }

  /// Stops at once.
  @Override
  public void close() {
    drain(Duration.ZERO);
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
