package io.swarmpilot.gateway.grpc;

import com.google.common.util.concurrent.MoreExecutors;
import io.grpc.Channel;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// `grpc.health.v1` of a port: a named service is as healthy as it says itself, the empty name
/// means all services behind the port, and nothing is healthy while the gateway drains.
public final class HealthOfServices extends HealthGrpc.HealthImplBase {
  private static final long PATIENCE_MILLIS = 2_000;

  private final Map<String, Channel> byService;
  private volatile boolean draining;

  /// Health of these services, by full name.
  public HealthOfServices(Map<String, Channel> byService) {
    this.byService = Map.copyOf(byService);
  }

  /// From now on nothing is healthy.
  public void drain() {
    draining = true;
  }

  @Override
  public void check(HealthCheckRequest request, StreamObserver<HealthCheckResponse> observer) {
    List<String> asked = services(request.getService());
    if (asked.isEmpty()) {
      observer.onError(Status.NOT_FOUND.withDescription("unknown service").asRuntimeException());
      return;
    }
    JoinedStatus joined =
        new JoinedStatus(
            asked,
            status -> {
              observer.onNext(response(status));
              observer.onCompleted();
            });
    for (String service : asked) {
      HealthGrpc.newStub(channel(service))
          .withDeadlineAfter(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
          .withExecutor(MoreExecutors.directExecutor())
          .check(named(service), new Told(service, joined));
    }
  }

  @Override
  public void watch(HealthCheckRequest request, StreamObserver<HealthCheckResponse> observer) {
    ServerCallStreamObserver<HealthCheckResponse> caller =
        (ServerCallStreamObserver<HealthCheckResponse>) observer;
    List<String> asked = services(request.getService());
    if (asked.isEmpty()) {
      // The protocol wants an answer that may change later, not an error.
      observer.onNext(response(ServingStatus.SERVICE_UNKNOWN));
      return;
    }
    Context.CancellableContext watching = Context.ROOT.withCancellation();
    caller.setOnCancelHandler(() -> watching.cancel(null));
    JoinedStatus joined = new JoinedStatus(asked, status -> caller.onNext(response(status)));
    watching.run(() -> {
      for (String service : asked) {
        HealthGrpc.newStub(channel(service))
            .withExecutor(MoreExecutors.directExecutor())
            .watch(named(service), new Told(service, joined));
      }
    });
  }

  private List<String> services(String asked) {
    if (asked.isEmpty()) {
      return List.copyOf(byService.keySet());
    }
    return byService.containsKey(asked) ? List.of(asked) : List.of();
  }

  private Channel channel(String service) {
    Channel channel = byService.get(service);
    if (channel == null) {
      throw new IllegalArgumentException("unknown service " + service);
    }
    return channel;
  }

  private HealthCheckResponse response(ServingStatus status) {
    return HealthCheckResponse.newBuilder()
        .setStatus(draining ? ServingStatus.NOT_SERVING : status)
        .build();
  }

  private static HealthCheckRequest named(String service) {
    return HealthCheckRequest.newBuilder().setService(service).build();
  }

  /// Hears one service; one that cannot be heard is not serving.
  private record Told(String service, JoinedStatus joined)
      implements StreamObserver<HealthCheckResponse> {
    @Override
    public void onNext(HealthCheckResponse response) {
      joined.tell(service, response.getStatus());
    }

    @Override
    public void onError(Throwable failure) {
      joined.tell(service, ServingStatus.NOT_SERVING);
    }

    @Override
    public void onCompleted() {}
  }
}
