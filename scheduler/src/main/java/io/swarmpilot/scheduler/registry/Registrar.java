package io.swarmpilot.scheduler.registry;

import com.google.common.net.HostAndPort;
import io.swarmpilot.proto.taskinstance.v1.GetStatusResponse;
import io.swarmpilot.scheduler.core.Answer.Registered;
import io.swarmpilot.scheduler.core.Command;
import io.swarmpilot.scheduler.core.InstanceKind;
import io.swarmpilot.scheduler.core.Registration;
import io.swarmpilot.scheduler.dispatch.ForeignStatus;
import io.swarmpilot.scheduler.dispatch.MeshStatus;
import io.swarmpilot.scheduler.registry.InstanceProbe.Found;
import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Predicate;

/// Registers instances: address, reachability and health are checked first, then the loop decides
/// whether it is a new one. Registrations of one address at the same time share one check.
public final class Registrar {
  private static final int MOST_AT_A_TIME = 1_024;

  private final AddressCheck addresses;
  private final InstanceProbe probe;
  private final Predicate<Command> loop;
  private final Executor blocking;
  private final Map<Request, CompletableFuture<Registered>> running = new ConcurrentHashMap<>();

  /// A registrar in front of a loop.
  ///
  /// @param loop takes a command, or says that it cannot
  /// @param blocking runs what blocks, each call on a thread of its own
  public Registrar(
      AllowList allowed, ProbeSettings settings, Predicate<Command> loop, Executor blocking) {
    this.addresses = new AddressCheck(allowed, blocking);
    this.probe = new InstanceProbe(settings.dialer(), settings.http());
    this.loop = loop;
    this.blocking = blocking;
  }

  /// Registers the instance at an address.
  ///
  /// @param declaredModel model it is meant for, or ""
  public CompletionStage<Registered> register(String host, int port, String declaredModel) {
    if (running.size() >= MOST_AT_A_TIME) {
      return CompletableFuture.completedStage(
          new Registered("", "Too many registrations at a time"));
    }
    Request request = new Request(host, port, declaredModel);
    CompletableFuture<Registered> mine = new CompletableFuture<>();
    CompletableFuture<Registered> other = running.putIfAbsent(request, mine);
    if (other != null) {
      return other;
    }
    CompletableFuture<Registered> _ =
        mine.whenComplete((answer, failure) -> running.remove(request, mine));
    blocking.execute(() -> run(request, mine));
    return mine;
  }

  private void run(Request request, CompletableFuture<Registered> answer) {
    try {
      Registration registration = check(request);
      if (!loop.test(new Command.Register(registration, answer::complete))) {
        answer.complete(new Registered("", "The scheduler is overloaded"));
      }
    } catch (Refusal e) {
      answer.complete(new Registered("", e.message()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      answer.complete(new Registered("", "The scheduler is shutting down"));
    } catch (RuntimeException e) {
      answer.completeExceptionally(e);
    }
  }

  private Registration check(Request request) throws Refusal, InterruptedException {
    String address = addresses.resolve(request.host()).getHostAddress();
    return switch (probe.probe(address, request.port())) {
      case Found.Mesh mesh -> mesh(request, address, mesh.status());
      case Found.Foreign foreign -> foreign(request, address, foreign.status());
    };
  }

  private Registration mesh(Request request, String address, GetStatusResponse status)
      throws InterruptedException {
    HostAndPort direct = direct(status).orElse(HostAndPort.fromParts(address, request.port()));
    return new Registration(
        UUID.randomUUID().toString(),
        status.getInstanceId(),
        request.host(),
        request.port(),
        address + ":" + request.port(),
        direct.getHost(),
        direct.getPort(),
        InstanceKind.MESH,
        request.model(),
        status.getIncarnation(),
        MeshStatus.of(status));
  }

  private static Registration foreign(Request request, String address, ForeignStatus status) {
    return new Registration(
        UUID.randomUUID().toString(),
        status.instanceId(),
        request.host(),
        request.port(),
        address + ":" + request.port(),
        address,
        request.port(),
        InstanceKind.FOREIGN,
        request.model(),
        "",
        status.status());
  }

  /// The address the instance says it is reached at without a gateway in between, if the very same
  /// instance answers there.
  private Optional<HostAndPort> direct(GetStatusResponse status) throws InterruptedException {
    try {
      HostAndPort told = HostAndPort.fromString(status.getGrpcAddress());
      if (!told.hasPort() || told.getPort() == 0 || status.getIncarnation().isEmpty()) {
        return Optional.empty();
      }
      InetAddress address = addresses.resolve(told.getHost());
      HostAndPort resolved = HostAndPort.fromParts(address.getHostAddress(), told.getPort());
      return probe
          .probeMesh(resolved.getHost(), resolved.getPort())
          .filter(found -> found.getIncarnation().equals(status.getIncarnation()))
          .map(found -> resolved);
    } catch (IllegalArgumentException | Refusal e) {
      return Optional.empty();
    }
  }

  /// @param host host as registered
  /// @param port port as registered
  /// @param model model it is meant for, or ""
  private record Request(String host, int port, String model) {}
}
