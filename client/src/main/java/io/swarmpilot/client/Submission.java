package io.swarmpilot.client;

import io.swarmpilot.proto.scheduler.v1.SubmitTaskResponse;

/// Where a submitted task went.
///
/// @param taskId id of the task
/// @param scheduledTi uuid of its instance; "" while it waits in a central queue
/// @param message `OK`, or a remark
public record Submission(String taskId, String scheduledTi, String message) {
  static Submission of(SubmitTaskResponse answer) {
    return new Submission(answer.getTaskId(), answer.getScheduledTi(), answer.getMessage());
  }
}
