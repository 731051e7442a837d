package io.swarmpilot.taskinstance.service;

import io.swarmpilot.proto.taskinstance.v1.GetStatusResponse;
import io.swarmpilot.proto.taskinstance.v1.Heartbeat;
import io.swarmpilot.proto.taskinstance.v1.ReplicaStatus;
import io.swarmpilot.taskinstance.backend.ReplicaState;
import io.swarmpilot.taskinstance.facts.MachineFacts;
import io.swarmpilot.taskinstance.queue.QueueView;
import io.swarmpilot.taskinstance.queue.ReplicaView;
import java.util.function.Supplier;

/// Tells what the instance is and does.
public final class StatusMessages {
  private final InstanceIdentity identity;
  private final Supplier<String> grpcAddress;
  private final MachineFacts facts;

  /// @param grpcAddress address of the instance's own gRPC port, host:port; asked for when needed,
  ///   because it is known only once the server listens
  /// @param facts what is known about the machine
  public StatusMessages(
      InstanceIdentity identity, Supplier<String> grpcAddress, MachineFacts facts) {
    this.identity = identity;
    this.grpcAddress = grpcAddress;
    this.facts = facts;
  }

  /// Who the instance is.
  public InstanceIdentity identity() {
    return identity;
  }

  /// The whole status.
  public GetStatusResponse status(QueueView view) {
    GetStatusResponse.Builder status =
        GetStatusResponse.newBuilder()
            .setInstanceId(identity.instanceId())
            .setReplicasRunning(view.replicasRunning())
            .setQueueSize(view.queueSize())
            .setStatus(view.replicasRunning() > 0 ? "running" : "idle")
            .setBackend(view.backend())
            .setHardware(identity.hardware())
            .setSoftwareName(view.software().name())
            .setSoftwareVersion(view.software().version())
            .setSlots(view.slots())
            .setGpus(view.gpus())
            .setGrpcAddress(grpcAddress.get())
            .setIncarnation(identity.incarnation());
    if (view.model() != null) {
      status.setModelType(view.model());
    }
    view.replicas().forEach(replica -> status.addReplicas(replica(replica)));
    view.load().map(FactMessages::load).ifPresent(status::setLoad);
    facts.host().map(FactMessages::machine).ifPresent(status::setMachine);
    facts.gpus().forEach(gpu -> status.addGpuDevices(FactMessages.gpu(gpu)));
    return status.build();
  }

  /// What changes often.
  public Heartbeat heartbeat(QueueView view) {
    Heartbeat.Builder heartbeat =
        Heartbeat.newBuilder()
            .setReplicasRunning(view.replicasRunning())
            .setSlots(view.slots())
            .setGpus(view.gpus())
            .setPending(view.pending())
            .setRunning(view.running())
            .setDraining(view.draining())
            .setHardware(identity.hardware())
            .setSoftwareName(view.software().name())
            .setSoftwareVersion(view.software().version());
    if (view.model() != null) {
      heartbeat.setModelType(view.model());
    }
    view.load().map(FactMessages::load).ifPresent(heartbeat::setLoad);
    return heartbeat.build();
  }

  private static ReplicaStatus replica(ReplicaView view) {
    ReplicaStatus.Builder replica =
        ReplicaStatus.newBuilder()
            .setReplicaId(view.replicaId())
            .setState(state(view))
            .addAllTaskIds(view.taskIds())
            .setSlots(view.isReady() ? view.slots() : 0)
            .addAllGpuNumbers(view.gpus());
    view.taskIds().stream().findFirst().ifPresent(replica::setTaskId);
    view.load().map(FactMessages::load).ifPresent(replica::setLoad);
    return replica.build();
  }

  private static String state(ReplicaView replica) {
    if (replica.stopping()) {
      return "stopping";
    }
    if (replica.state() != ReplicaState.READY) {
      return replica.state().word();
    }
    return replica.taskIds().isEmpty() ? "idle" : "running";
  }
}
