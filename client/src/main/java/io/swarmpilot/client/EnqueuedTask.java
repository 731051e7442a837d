package io.swarmpilot.client;

import io.swarmpilot.proto.taskinstance.v1.EnqueueTaskResponse;

/// Where a queued task stands.
///
/// @param taskId id of the task
/// @param queueSize tasks pending and running, this one counted
/// @param enqueueTime when it was queued, Unix seconds
public record EnqueuedTask(String taskId, int queueSize, double enqueueTime) {
  static EnqueuedTask of(EnqueueTaskResponse answer) {
    return new EnqueuedTask(answer.getTaskId(), answer.getQueueSize(), answer.getEnqueueTime());
  }
}
