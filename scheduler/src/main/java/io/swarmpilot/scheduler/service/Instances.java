package io.swarmpilot.scheduler.service;

import io.swarmpilot.proto.scheduler.v1.GetQueueInfoResponse;
import io.swarmpilot.proto.scheduler.v1.Instance;
import io.swarmpilot.proto.scheduler.v1.ListInstancesResponse;
import io.swarmpilot.proto.scheduler.v1.QueueInfo;
import io.swarmpilot.runtime.time.MeshClock;
import io.swarmpilot.scheduler.core.InstanceKind;
import io.swarmpilot.scheduler.core.InstanceSnapshot;
import io.swarmpilot.scheduler.core.InstanceState;
import io.swarmpilot.scheduler.view.SchedulerView;
import java.util.stream.Stream;

/// Instances and their queues as users see them.
final class Instances {
  private static final double NANOS_PER_SECOND = 1e9;

  private final SchedulerView view;
  private final MeshClock clock;

  Instances(SchedulerView view, MeshClock clock) {
    this.view = view;
    this.clock = clock;
  }

  /// Those of a model, or all when it is "", in order of registration.
  Stream<InstanceSnapshot> of(String model) {
    return view.fleet().instances().stream()
        .filter(instance -> model.isEmpty() || model.equals(instance.model()));
  }

  ListInstancesResponse list(String model) {
    long now = clock.nanos();
    ListInstancesResponse.Builder response =
        ListInstancesResponse.newBuilder().setStatus("success");
    of(model).forEach(instance -> response.addInstances(encode(instance, now)));
    return response.build();
  }

  GetQueueInfoResponse queues(String model) {
    long now = clock.nanos();
    GetQueueInfoResponse.Builder response = GetQueueInfoResponse.newBuilder().setStatus("success");
    of(model).forEach(instance -> response.addQueues(queue(instance, now)));
    return response.addAllModels(new ModelQueues(view, now).of(model)).build();
  }

  private Instance encode(InstanceSnapshot instance, long now) {
    Waiting waiting = Waiting.of(instance, view.queues(), now);
    Instance.Builder encoded =
        Instance.newBuilder()
            .setTiUuid(instance.uuid())
            .setInstanceId(instance.registration().name())
            .setHost(instance.registration().host())
            .setPort(instance.registration().port())
            .setAddress(instance.registration().directAddress())
            .setModelName(instance.model())
            .setState(state(instance.state()))
            .setKind(instance.registration().kind() == InstanceKind.MESH ? "mesh" : "foreign")
            .setReplicas(instance.status().replicas())
            .setOutstandingTasks(instance.outstanding())
            .setWaitingTimeExpect(waiting.meanMs())
            .setWaitingTimeError(waiting.errorMs())
            .setHardware(instance.status().target().hardware())
            .setSoftwareName(instance.status().target().softwareName())
            .setSoftwareVersion(instance.status().target().softwareVersion())
            .setCompletedTasks(instance.completed())
            .setFailedTasks(instance.failed())
            .setSlots(instance.status().slots())
            .setCredit(credit(instance))
            .setSlowdown(instance.slowdown())
            .setGpus(instance.status().gpus());
    if (instance.state() == InstanceState.EJECTED) {
      double secondsLeft = Math.max(0, instance.ejectedUntil() - now) / NANOS_PER_SECOND;
      encoded.setEjectedUntil(clock.unixSeconds() + secondsLeft);
    }
    if (instance.load().isTold()) {
      encoded
          .setEngineRunning(instance.load().running())
          .setEngineWaiting(instance.load().waiting());
    }
    if (!Double.isNaN(instance.load().cacheUse())) {
      encoded.setEngineCacheUse(instance.load().cacheUse());
    }
    return encoded.build();
  }

  private QueueInfo queue(InstanceSnapshot instance, long now) {
    Waiting waiting = Waiting.of(instance, view.queues(), now);
    return QueueInfo.newBuilder()
        .setModelName(instance.model())
        .setTiUuid(instance.uuid())
        .setWaitingTimeExpect(waiting.meanMs())
        .setWaitingTimeError(waiting.errorMs())
        .setQueueSize(instance.outstanding())
        .setReplicas(instance.status().replicas())
        .setState(state(instance.state()))
        .setSlots(instance.status().slots())
        .setCredit(credit(instance))
        .setSlowdown(instance.slowdown())
        .build();
  }

  private static int credit(InstanceSnapshot instance) {
    return instance.state() == InstanceState.AVAILABLE ? Math.max(0, instance.credit()) : 0;
  }

  private static String state(InstanceState state) {
    return switch (state) {
      case AVAILABLE -> "available";
      case UNAVAILABLE -> "unavailable";
      case EJECTED -> "ejected";
      case DRAINING -> "draining";
    };
  }
}
