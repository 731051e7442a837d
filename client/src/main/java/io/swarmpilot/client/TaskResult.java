package io.swarmpilot.client;

import java.util.Optional;

/// A finished task at its instance.
///
/// @param taskId id of the task
/// @param result what the model answered, JSON text; empty when it failed
/// @param status `completed`, `failed` or `cancelled`
/// @param error why it failed
/// @param enqueueTime when it was queued, Unix seconds
/// @param completionTime when it ended, Unix seconds
/// @param waitMs time it waited for a replica, ms
/// @param executionMs time it executed, ms
/// @param totalMs both together, ms
/// @param replicaId replica that ran it
public record TaskResult(
    String taskId,
    Optional<String> result,
    String status,
    Optional<String> error,
    double enqueueTime,
    double completionTime,
    double waitMs,
    double executionMs,
    double totalMs,
    Optional<String> replicaId) {
  static TaskResult of(io.swarmpilot.proto.taskinstance.v1.TaskResult task) {
    return new TaskResult(
        task.getTaskId(),
        Json.text(task.getResult()),
        task.getStatus(),
        task.hasError() ? Optional.of(task.getError()) : Optional.empty(),
        task.getEnqueueTime(),
        task.getCompletionTime(),
        task.getWaitTime(),
        task.getExecutionTime(),
        task.getTotalTime(),
        task.hasReplicaId() ? Optional.of(task.getReplicaId()) : Optional.empty());
  }
}
