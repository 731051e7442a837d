package io.swarmpilot.gateway;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.grpc.Channel;
import io.swarmpilot.gateway.special.InstanceDialer;
import io.swarmpilot.gateway.special.InstanceDirectory;
import io.swarmpilot.runtime.grpc.MeshChannels;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/// The edge of the mesh: REST, gRPC and gRPC-Web of each service on a port of its own, and of all
/// of them on one.
///
/// Channels given to it stay the giver's to close; those it dials itself it closes.
public final class Gateway implements AutoCloseable {
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);
  private static final long POLL_NANOS = 5_000_000;

  private final List<PortServer> servers;
  private final Optional<InstanceDirectory> directory;

  private Gateway(List<PortServer> servers, Optional<InstanceDirectory> directory) {
    this.servers = List.copyOf(servers);
    this.directory = directory;
  }

  /// Starts describing a gateway.
  public static Builder builder() {
    return new Builder();
  }

  /// Listens on every port.
  ///
  /// @throws IOException when a port cannot be bound; nothing is left listening
  @CanIgnoreReturnValue
  public Gateway start() throws IOException {
    List<CompletableFuture<Void>> starts = servers.stream().map(PortServer::start).toList();
    try {
      for (int i = 0; i < starts.size(); i++) {
        await(starts.get(i), servers.get(i));
      }
    } catch (IOException e) {
      close();
      throw e;
    }
    return this;
  }

  /// The port listened on where `requested` was asked for.
  public int port(int requested) {
    return servers.stream()
        .filter(server -> server.requestedPort() == requested)
        .findFirst()
        .map(PortServer::port)
        .orElseThrow(
            () -> new IllegalArgumentException("port " + requested + " was not asked for"));
  }

  /// The ports listened on, in the order they were asked for.
  public List<Integer> ports() {
    return servers.stream().map(PortServer::port).toList();
  }

  /// The port of all services, if there is one.
  public OptionalInt allInOnePort() {
    return nthPort(0, PortPlan::allInOne);
  }

  /// The scheduler's port, if there is one.
  public OptionalInt schedulerPort() {
    return nthPort(0, plan -> isOf(plan, Backend.Role.SCHEDULER));
  }

  /// The predictor's port, if there is one.
  public OptionalInt predictorPort() {
    return nthPort(0, plan -> isOf(plan, Backend.Role.PREDICTOR));
  }

  /// The workload executor's port, if there is one.
  public OptionalInt executorPort() {
    return nthPort(0, plan -> isOf(plan, Backend.Role.EXECUTOR));
  }

  /// The port of the k-th task instance, counted from 0, if there is one.
  public OptionalInt taskInstancePort(int k) {
    return nthPort(k, plan -> isOf(plan, Backend.Role.TASK_INSTANCE));
  }

  /// Refuses new requests, ends streams, lets other requests end for at most `grace`, then ends
  /// those as well.
  public void drain(Duration grace) {
    servers.forEach(PortServer::drain);
    if (!closedWithin(grace)) {
      servers.forEach(PortServer::cut);
      closedWithin(LAST_WORDS);
    }
    directory.ifPresent(InstanceDirectory::close);
  }

  /// Stops at once.
  @Override
  public void close() {
    drain(Duration.ZERO);
  }

  private OptionalInt nthPort(int n, Predicate<PortPlan> which) {
    return servers.stream()
        .filter(server -> which.test(server.plan()))
        .skip(n)
        .mapToInt(PortServer::port)
        .findFirst();
  }

  private static boolean isOf(PortPlan plan, Backend.Role role) {
    return !plan.allInOne() && plan.backends().getFirst().role() == role;
  }

  /// Waits until every port is closed; the HTTP server tells nobody when it is.
  @CanIgnoreReturnValue
  private boolean closedWithin(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!servers.stream().allMatch(PortServer::isClosed)) {
      if (System.nanoTime() - deadline >= 0 || Thread.currentThread().isInterrupted()) {
        return false;
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
    return true;
  }

  private static void await(CompletableFuture<Void> start, PortServer server) throws IOException {
    try {
      start.get();
    } catch (ExecutionException e) {
      String cause = e.getCause() == null ? e.toString() : e.getCause().getMessage();
      throw new IOException(
          "the " + server.plan().title() + " port cannot be opened: " + cause, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while opening ports", e);
    }
  }

  /// Describes a gateway. Every part is optional; there must be one port.
  public static final class Builder {
    private static final Duration DEFAULT_REQUEST_TIMEOUT = Duration.ofSeconds(30);

    private final List<PortPlan> plans = new ArrayList<>();
    private final List<Backend> backends = new ArrayList<>();
    private String host = "127.0.0.1";
    private Duration requestTimeout = DEFAULT_REQUEST_TIMEOUT;
    private OptionalInt allInOne = OptionalInt.empty();
    private InstanceDialer dialer = MeshChannels::netty;

    private Builder() {}

    /// Host or address to listen on; the default is the loopback address.
    @CanIgnoreReturnValue
    public Builder host(String host) {
      this.host = host;
      return this;
    }

    /// Serves everything on one port, beside the ports of the services; 0 picks a free one.
    @CanIgnoreReturnValue
    public Builder allInOne(int port) {
      allInOne = OptionalInt.of(port);
      return this;
    }

    /// Serves the scheduler on a port; 0 picks a free one.
    @CanIgnoreReturnValue
    public Builder scheduler(int port, Channel channel) {
      return add(Backend.Role.SCHEDULER, port, channel);
    }

    /// Serves the predictor on a port; 0 picks a free one.
    @CanIgnoreReturnValue
    public Builder predictor(int port, Channel channel) {
      return add(Backend.Role.PREDICTOR, port, channel);
    }

    /// Serves the next task instance on a port; 0 picks a free one. The first one answers `/status`
    /// on the port of all services.
    @CanIgnoreReturnValue
    public Builder taskInstance(int port, Channel channel) {
      return add(Backend.Role.TASK_INSTANCE, port, channel);
    }

    /// Serves a workload executor on a port; 0 picks a free one. It has no place on the port of all
    /// services: whoever drives executors addresses each by its own port.
    @CanIgnoreReturnValue
    public Builder executor(int port, Channel channel) {
      return add(Backend.Role.EXECUTOR, port, channel);
    }

    /// How task instances without a channel here are reached; the default dials their address.
    @CanIgnoreReturnValue
    public Builder instanceDialer(InstanceDialer dialer) {
      this.dialer = dialer;
      return this;
    }

    /// Longest time a REST request may take, streams excepted; the default is 30 s.
    @CanIgnoreReturnValue
    public Builder requestTimeout(Duration timeout) {
      requestTimeout = timeout;
      return this;
    }

    /// The gateway, not yet started.
    ///
    /// @throws IllegalStateException when no port was asked for, or two operations claim one path
    public Gateway build() {
      List<PortServer> servers = new ArrayList<>();
      Optional<InstanceDirectory> directory = directory();
      allInOne.ifPresent(port ->
          servers.add(
              server(new PortPlan(port, backends, true), Routes.ofAll(backends, directory))));
      plans.forEach(plan -> servers.add(server(plan, Routes.of(plan.backends().getFirst()))));
      if (servers.isEmpty()) {
        throw new IllegalStateException("a gateway needs a port");
      }
      return new Gateway(servers, directory);
    }

    private PortServer server(PortPlan plan, Routes routes) {
      return new PortServer(host, plan, routes, requestTimeout);
    }

    private Optional<InstanceDirectory> directory() {
      return allInOne.isEmpty()
          ? Optional.empty()
          : channels(Backend.Role.SCHEDULER).stream()
              .findFirst()
              .map(scheduler ->
                  new InstanceDirectory(scheduler, channels(Backend.Role.TASK_INSTANCE), dialer));
    }

    private List<Channel> channels(Backend.Role role) {
      return backends.stream()
          .filter(backend -> backend.role() == role)
          .map(Backend::channel)
          .toList();
    }

    private Builder add(Backend.Role role, int port, Channel channel) {
      Backend backend = new Backend(role, channel);
      backends.add(backend);
      plans.add(new PortPlan(port, List.of(backend), false));
      return this;
    }
  }
}
