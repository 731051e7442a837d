package io.swarmpilot.client;

import io.swarmpilot.proto.taskinstance.v1.GetQueueStatusResponse;
import java.util.Optional;

/// State of an instance's queue.
///
/// @param queueSize tasks pending and running
/// @param modelType model that runs
/// @param waitingTime wait of a task queued now; empty when nothing runs
public record QueueStatus(
    int queueSize, Optional<String> modelType, Optional<ExpectedTime> waitingTime) {
  static QueueStatus of(GetQueueStatusResponse answer) {
    return new QueueStatus(
        answer.getQueueSize(),
        answer.hasModelType() ? Optional.of(answer.getModelType()) : Optional.empty(),
        answer.hasExpectedMs()
            ? Optional.of(new ExpectedTime(answer.getExpectedMs(), answer.getErrorMs()))
            : Optional.empty());
  }
}
