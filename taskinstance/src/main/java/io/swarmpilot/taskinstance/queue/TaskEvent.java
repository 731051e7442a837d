package io.swarmpilot.taskinstance.queue;

import java.util.List;

/// What became of a task of the scheduler's.
public sealed interface TaskEvent {
  /// It began to execute.
  ///
  /// @param waitMs time it waited, ms
  record Started(String taskId, int attempt, String replicaId, double waitMs)
      implements TaskEvent {}

  /// It has partial output.
  ///
  /// @param pieces in order, at least one; numbers between them that are missing were dropped
  record Progressed(String taskId, int attempt, List<OutputPiece> pieces) implements TaskEvent {}

  /// It ended.
  record Ended(FinishedTask task) implements TaskEvent {}

  /// It was not taken, or handed back.
  record Refused(String taskId, int attempt, Refusal reason) implements TaskEvent {}
}
