package io.swarmpilot.client;

import io.swarmpilot.proto.taskinstance.v1.StopModelsResponse;
import java.util.List;

/// What a stop of replicas did.
///
/// @param detail the same in words
/// @param stoppedReplicas ids of the stopped replicas
/// @param remainingReplicas replicas still running
public record StoppedModels(String detail, List<String> stoppedReplicas, int remainingReplicas) {
  /// Copies the list.
  public StoppedModels {
    stoppedReplicas = List.copyOf(stoppedReplicas);
  }

  static StoppedModels of(StopModelsResponse answer) {
    return new StoppedModels(
        answer.getDetail(), answer.getStoppedReplicasList(), answer.getRemainingReplicas());
  }
}
