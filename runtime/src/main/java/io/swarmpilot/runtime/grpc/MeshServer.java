package io.swarmpilot.runtime.grpc;

import com.google.common.util.concurrent.MoreExecutors;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.swarmpilot.runtime.error.ErrorMappingInterceptor;
import io.swarmpilot.runtime.json.CheckedJson;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A gRPC server of the mesh: our services with health, reflection and error mapping, over the
/// network, inside the process, or both.
///
/// Health says NOT_SERVING until [#start()] has returned and again from [#drain(Duration)] on.
public final class MeshServer implements AutoCloseable {
  private final List<Server> servers;
  private final @Nullable Server network;
  private final List<String> serviceNames;
  private final HealthStatusManager health;
  private final AtomicBoolean draining = new AtomicBoolean();

  private MeshServer(
      List<Server> servers,
      @Nullable Server network,
      List<String> serviceNames,
      HealthStatusManager health) {
    this.servers = servers;
    this.network = network;
    this.serviceNames = serviceNames;
    this.health = health;
  }

  /// Starts describing a server.
  public static Builder builder() {
    return new Builder();
  }

  /// Starts listening, then reports every service as serving.
  ///
  /// @throws IOException when the port cannot be bound; nothing is left listening
  @CanIgnoreReturnValue
  public MeshServer start() throws IOException {
    try {
      for (Server server : servers) {
        server.start();
      }
    } catch (IOException e) {
      servers.forEach(Server::shutdownNow);
      throw e;
    }
    serving(ServingStatus.SERVING);
    return this;
  }

  /// The port it listens on; -1 when it serves inside the process only.
  public int port() {
    return network == null ? -1 : network.getPort();
  }

  /// Stops taking calls, lets the running ones end for at most `grace`, then ends the rest.
  public void drain(Duration grace) {
    if (!draining.getAndSet(true)) {
      health.enterTerminalState();
    }
    servers.forEach(Server::shutdown);
    long deadline = System.nanoTime() + grace.toNanos();
    try {
      for (Server server : servers) {
        long left = Math.max(0, deadline - System.nanoTime());
        if (!server.awaitTermination(left, TimeUnit.NANOSECONDS)) {
          server.shutdownNow();
        }
      }
    } catch (InterruptedException e) {
      servers.forEach(Server::shutdownNow);
      Thread.currentThread().interrupt();
    }
  }

  /// Stops at once.
  @Override
  public void close() {
    drain(Duration.ZERO);
  }

  private void serving(ServingStatus status) {
    serviceNames.forEach(name -> health.setStatus(name, status));
    health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, status);
  }

  /// Describes a server.
  public static final class Builder {
    private final List<BindableService> services = new ArrayList<>();
    private Executor executor = MoreExecutors.directExecutor();
    private @Nullable InetSocketAddress address;
    private @Nullable String inProcessName;

    private Builder() {}

    /// Adds a service.
    @CanIgnoreReturnValue
    public Builder service(BindableService service) {
      services.add(service);
      return this;
    }

    /// Listens on a host and port; port 0 picks a free one.
    @CanIgnoreReturnValue
    public Builder listen(String host, int port) {
      address = new InetSocketAddress(host, port);
      return this;
    }

    /// Serves channels of this process under a name.
    @CanIgnoreReturnValue
    public Builder inProcess(String name) {
      inProcessName = name;
      return this;
    }

    /// Runs service methods on an executor. The default is the transport's own thread, for methods
    /// that never block.
    @CanIgnoreReturnValue
    public Builder executor(Executor executor) {
      this.executor = executor;
      return this;
    }

    /// The server, not yet started.
    public MeshServer build() {
      HealthStatusManager health = new HealthStatusManager();
      List<String> names =
          services.stream().map(s -> s.bindService().getServiceDescriptor().getName()).toList();
      names.forEach(name -> health.setStatus(name, ServingStatus.NOT_SERVING));
      Server network =
          address == null ? null : assemble(NettyServerBuilder.forAddress(address), health);
      Server local =
          inProcessName == null
              ? null
              : assemble(InProcessServerBuilder.forName(inProcessName), health);
      List<Server> all =
          Stream.of(network, local).filter(s -> s != null).map(Server.class::cast).toList();
      if (all.isEmpty()) {
        throw new IllegalStateException("a server needs listen(...) or inProcess(...)");
      }
      return new MeshServer(all, network, names, health);
    }

    private Server assemble(ServerBuilder<?> builder, HealthStatusManager health) {
      builder
          .executor(executor)
          .intercept(new CheckedJson())
          .intercept(new ErrorMappingInterceptor())
          .maxInboundMessageSize(Limits.MAX_MESSAGE_BYTES)
          .addService(health.getHealthService())
          .addService(ProtoReflectionServiceV1.newInstance());
      if (builder instanceof NettyServerBuilder netty) {
        netty
            .permitKeepAliveTime(5, TimeUnit.SECONDS)
            .permitKeepAliveWithoutCalls(true)
            .maxInboundMetadataSize(16 << 10);
      }
      services.forEach(builder::addService);
      return builder.build();
    }
  }
}
