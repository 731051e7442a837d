package io.swarmpilot.client;

import io.swarmpilot.proto.scheduler.v1.SubmitTasksResponse;
import io.swarmpilot.proto.scheduler.v1.SubmittedTask;
import java.util.List;
import java.util.Optional;

/// What became of a batch of tasks.
///
/// @param status `success` (all accepted), `partial` or `error` (none accepted)
/// @param message the same in words
/// @param accepted tasks accepted
/// @param refused tasks refused
/// @param results one entry a task, in the order of the request
public record BatchSubmission(
    String status, String message, int accepted, int refused, List<Entry> results) {
  /// Copies the list.
  public BatchSubmission {
    results = List.copyOf(results);
  }

  static BatchSubmission of(SubmitTasksResponse answer) {
    return new BatchSubmission(
        answer.getStatus(),
        answer.getMessage(),
        answer.getSuccessfulTasks(),
        answer.getFailedTasks(),
        answer.getResultsList().stream().map(Entry::of).toList());
  }

  /// What became of one task of a batch.
  ///
  /// @param taskId id of the task; empty when it was refused
  /// @param scheduledTi uuid of its instance; empty when it was refused
  /// @param error why it was refused
  public record Entry(
      Optional<String> taskId, Optional<String> scheduledTi, Optional<String> error) {
    static Entry of(SubmittedTask task) {
      return new Entry(
          task.hasTaskId() ? Optional.of(task.getTaskId()) : Optional.empty(),
          task.hasScheduledTi() ? Optional.of(task.getScheduledTi()) : Optional.empty(),
          task.hasError() ? Optional.of(task.getError()) : Optional.empty());
    }
  }
}
