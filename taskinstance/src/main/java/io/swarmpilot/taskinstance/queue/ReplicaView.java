package io.swarmpilot.taskinstance.queue;

import io.swarmpilot.taskinstance.backend.EngineLoad;
import io.swarmpilot.taskinstance.backend.ReplicaState;
import java.util.List;
import java.util.Optional;

/// One replica at a moment.
///
/// @param stopping whether it ends after what it runs
/// @param state whether it can take tasks
/// @param gpus numbers of the GPUs that are its own
/// @param slots tasks it takes at the same moment
/// @param load how busy its engine says it is, if it says anything
/// @param taskIds tasks it runs
public record ReplicaView(
    String replicaId,
    boolean stopping,
    ReplicaState state,
    List<Integer> gpus,
    int slots,
    Optional<EngineLoad> load,
    List<String> taskIds) {
  /// Whether it takes tasks.
  public boolean isReady() {
    return !stopping && state == ReplicaState.READY;
  }
}
