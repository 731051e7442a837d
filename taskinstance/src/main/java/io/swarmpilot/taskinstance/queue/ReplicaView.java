package io.swarmpilot.taskinstance.queue;

import io.swarmpilot.taskinstance.backend.ReplicaState;
import java.util.List;

/// One replica at a moment.
///
/// @param stopping whether it ends after what it runs
/// @param state whether it can take tasks
/// @param gpus numbers of the GPUs that are its own
/// @param taskIds tasks it runs
public record ReplicaView(
    String replicaId,
    boolean stopping,
    ReplicaState state,
    List<Integer> gpus,
    List<String> taskIds) {
  /// Whether it takes tasks.
  public boolean isReady() {
    return !stopping && state == ReplicaState.READY;
  }
}
