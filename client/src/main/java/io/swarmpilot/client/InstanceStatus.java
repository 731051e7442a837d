package io.swarmpilot.client;

import io.swarmpilot.proto.taskinstance.v1.GetStatusResponse;
import java.util.Optional;

/// What a task instance is and does.
///
/// @param instanceId name the instance gives itself
/// @param modelType model that runs
/// @param replicasRunning replicas running
/// @param queueSize tasks pending and running
/// @param status `running` with at least one replica, else `idle`
/// @param backend backend that runs the model, or ""
/// @param hardware hardware, as it enters predictions
/// @param softwareName software that runs the model, or ""
/// @param softwareVersion its version, or ""
/// @param slots tasks that can run at the same moment
/// @param grpcAddress the instance's own gRPC port, host:port
public record InstanceStatus(
    String instanceId,
    Optional<String> modelType,
    int replicasRunning,
    int queueSize,
    String status,
    String backend,
    String hardware,
    String softwareName,
    String softwareVersion,
    int slots,
    String grpcAddress) {
  static InstanceStatus of(GetStatusResponse answer) {
    return new InstanceStatus(
        answer.getInstanceId(),
        answer.hasModelType() ? Optional.of(answer.getModelType()) : Optional.empty(),
        answer.getReplicasRunning(),
        answer.getQueueSize(),
        answer.getStatus(),
        answer.getBackend(),
        answer.getHardware(),
        answer.getSoftwareName(),
        answer.getSoftwareVersion(),
        answer.getSlots(),
        answer.getGrpcAddress());
  }
}
