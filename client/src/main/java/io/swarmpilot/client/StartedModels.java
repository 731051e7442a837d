package io.swarmpilot.client;

import io.swarmpilot.proto.taskinstance.v1.StartModelsResponse;

/// What a start of replicas did.
///
/// @param detail the same in words
/// @param modelType model that runs
/// @param replicasStarted replicas started by this call
/// @param totalReplicas replicas running now
public record StartedModels(
    String detail, String modelType, int replicasStarted, int totalReplicas) {
  static StartedModels of(StartModelsResponse answer) {
    return new StartedModels(
        answer.getDetail(),
        answer.getModelType(),
        answer.getReplicasStarted(),
        answer.getTotalReplicas());
  }
}
