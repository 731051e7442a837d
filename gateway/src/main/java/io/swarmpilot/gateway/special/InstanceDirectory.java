package io.swarmpilot.gateway.special;

import com.google.common.net.HostAndPort;
import com.google.common.util.concurrent.MoreExecutors;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.stub.AbstractStub;
import io.swarmpilot.gateway.rest.Target;
import io.swarmpilot.proto.scheduler.v1.Instance;
import io.swarmpilot.proto.scheduler.v1.ListInstancesRequest;
import io.swarmpilot.proto.scheduler.v1.ListInstancesResponse;
import io.swarmpilot.proto.scheduler.v1.SchedulerServiceGrpc;
import io.swarmpilot.proto.taskinstance.v1.GetStatusRequest;
import io.swarmpilot.proto.taskinstance.v1.GetStatusResponse;
import io.swarmpilot.proto.taskinstance.v1.TaskInstanceServiceGrpc;
import io.swarmpilot.runtime.error.ErrorReason;
import io.swarmpilot.runtime.error.MeshException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Finds the task instance that `/instances/{ti_uuid}/…` means.
///
/// Reason: task instances exist in many copies, and their documented paths do not say which one is
/// meant; on a port of its own an instance answers them unprefixed. Only the scheduler knows the
/// uuids, so it is asked; an instance of this process is reached through the channel given for it.
public final class InstanceDirectory implements Target, AutoCloseable {
  /// Path below which the paths of one instance stand.
  public static final String PREFIX = "/instances/{ti_uuid}";

  private static final String VARIABLE = "ti_uuid";
  private static final int MOST_CHANNELS = 256;
  private static final long PATIENCE_MILLIS = 5_000;

  private final Channel scheduler;
  private final List<Channel> local;
  private final InstanceDialer dialer;
  private final Map<String, Channel> localByName = new LinkedHashMap<>();
  private final LinkedHashMap<String, ManagedChannel> dialed = new LinkedHashMap<>(16, 0.75f, true);
  private boolean closed;

  /// A directory over a scheduler, the instances of this process, and a way to reach others.
  public InstanceDirectory(Channel scheduler, List<Channel> local, InstanceDialer dialer) {
    this.scheduler = scheduler;
    this.local = List.copyOf(local);
    this.dialer = dialer;
  }

  @Override
  public CompletableFuture<Channel> channel(ServiceRequestContext ctx) {
    String uuid = String.valueOf(ctx.pathParam(VARIABLE));
    return instances()
        .thenApply(known ->
            known.getInstancesList().stream()
                .filter(instance -> instance.getTiUuid().equals(uuid))
                .findFirst()
                .orElseThrow(() -> unknown(uuid)))
        .thenCompose(instance -> names().thenApply(ignored -> reach(instance)));
  }

  /// Closes every channel that was opened here.
  @Override
  public synchronized void close() {
    closed = true;
    dialed.values().forEach(ManagedChannel::shutdown);
    dialed.clear();
  }

  private CompletableFuture<ListInstancesResponse> instances() {
    Single<ListInstancesResponse> answer = new Single<>();
    patient(SchedulerServiceGrpc.newStub(scheduler))
        .listInstances(ListInstancesRequest.getDefaultInstance(), answer);
    return answer.future();
  }

  /// Asks the instances of this process for their names, until each has told its own.
  private CompletableFuture<Void> names() {
    List<CompletableFuture<?>> asked = new ArrayList<>();
    for (Channel channel : unnamed()) {
      Single<GetStatusResponse> answer = new Single<>();
      patient(TaskInstanceServiceGrpc.newStub(channel))
          .getStatus(GetStatusRequest.getDefaultInstance(), answer);
      asked.add(
          answer.future().handle((status, failure) -> failure == null && named(status, channel)));
    }
    return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new));
  }

  private synchronized List<Channel> unnamed() {
    return local.stream().filter(channel -> !localByName.containsValue(channel)).toList();
  }

  private synchronized boolean named(GetStatusResponse status, Channel channel) {
    localByName.put(status.getInstanceId(), channel);
    return true;
  }

  private synchronized Channel reach(Instance instance) {
    Channel inProcess = localByName.get(instance.getInstanceId());
    if (inProcess != null) {
      return inProcess;
    }
    if (closed) {
      throw MeshException.of(ErrorReason.DRAINING, "The gateway is shutting down");
    }
    ManagedChannel known = dialed.get(instance.getAddress());
    return known == null ? dial(instance) : known;
  }

  private ManagedChannel dial(Instance instance) {
    if (dialed.size() >= MOST_CHANNELS) {
      String oldest = dialed.keySet().iterator().next();
      ManagedChannel unused = dialed.remove(oldest);
      if (unused != null) {
        unused.shutdown();
      }
    }
    HostAndPort address =
        HostAndPort.fromString(instance.getAddress()).withDefaultPort(instance.getPort());
    ManagedChannel channel = dialer.dial(address.getHost(), address.getPort());
    dialed.put(instance.getAddress(), channel);
    return channel;
  }

  private static <S extends AbstractStub<S>> S patient(S stub) {
    return stub.withDeadlineAfter(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
        .withExecutor(MoreExecutors.directExecutor());
  }

  private static MeshException unknown(String uuid) {
    return MeshException.of(ErrorReason.INSTANCE_NOT_FOUND, "TaskInstance " + uuid + " not found");
  }
}
