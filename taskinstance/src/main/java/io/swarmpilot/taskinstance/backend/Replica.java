package io.swarmpilot.taskinstance.backend;

import java.util.Optional;

/// One running copy of a model.
public interface Replica extends AutoCloseable {
  /// What runs it.
  Software software();

  /// Executions it takes at the same moment while it is ready, at least 1. Asked under a lock and
  /// often: answers at once.
  int slots();

  /// How busy its engine says it is, if it says anything. Asked as [#slots()] is.
  default Optional<EngineLoad> load() {
    return Optional.empty();
  }

  /// Whether it can take tasks. Asked under a lock and often: answers at once.
  default ReplicaState state() {
    return ReplicaState.READY;
  }

  /// Runs `listener` after every change of [#state()] or [#slots()], on the thread that made the
  /// change, which holds no lock meanwhile. Called once, before the first execution; one listener
  /// is enough.
  default void onStateChange(Runnable listener) {}

  /// Executes one task on the calling thread and returns its result as JSON text. Called by at most
  /// [#slots()] threads at a time, and never after [#close()].
  ///
  /// @throws RunFailure when the task fails; of kind CANCELLED soon after its cancellation
  String run(Execution execution) throws RunFailure;

  /// Releases what the replica holds. Called once, when no execution runs.
  @Override
  void close();
}
