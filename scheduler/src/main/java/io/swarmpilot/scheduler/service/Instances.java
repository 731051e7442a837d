package io.swarmpilot.scheduler.service;

import io.swarmpilot.proto.scheduler.v1.Instance;
import io.swarmpilot.proto.scheduler.v1.QueueInfo;
import io.swarmpilot.scheduler.core.InstanceKind;
import io.swarmpilot.scheduler.core.InstanceSnapshot;
import io.swarmpilot.scheduler.core.InstanceState;

/// Instances and their queues as users see them.
final class Instances {
  private Instances() {}

  static Instance encode(InstanceSnapshot instance, long nowNanos) {
    return Instance.newBuilder()
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
        .setWaitingTimeExpect(instance.waitingMean(nowNanos))
        .setWaitingTimeError(instance.waiting().error())
        .setHardware(instance.status().target().hardware())
        .setSoftwareName(instance.status().target().softwareName())
        .setSoftwareVersion(instance.status().target().softwareVersion())
        .setCompletedTasks(instance.completed())
        .setFailedTasks(instance.failed())
        .build();
  }

  static QueueInfo queue(InstanceSnapshot instance, long nowNanos) {
    return QueueInfo.newBuilder()
        .setModelName(instance.model())
        .setTiUuid(instance.uuid())
        .setWaitingTimeExpect(instance.waitingMean(nowNanos))
        .setWaitingTimeError(instance.waiting().error())
        .setQueueSize(instance.outstanding())
        .setReplicas(instance.status().replicas())
        .setState(state(instance.state()))
        .build();
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
