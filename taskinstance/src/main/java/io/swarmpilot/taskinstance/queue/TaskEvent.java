package io.swarmpilot.taskinstance.queue;

/// What became of a task of the scheduler's.
public sealed interface TaskEvent {
  /// It began to execute.
  ///
  /// @param waitMs time it waited, ms
  record Started(String taskId, int attempt, String replicaId, double waitMs)
      implements TaskEvent {}

  /// It ended.
  record Ended(FinishedTask task) implements TaskEvent {}

  /// It was not taken, or handed back.
  record Refused(String taskId, int attempt, Refusal reason) implements TaskEvent {}
}
