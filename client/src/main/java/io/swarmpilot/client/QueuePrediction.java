package io.swarmpilot.client;

import io.swarmpilot.proto.taskinstance.v1.PredictQueueResponse;

/// How long a task queued now would wait.
///
/// @param expectedMs mean, ms
/// @param errorMs standard deviation, ms
/// @param queueSize tasks pending and running
public record QueuePrediction(double expectedMs, double errorMs, int queueSize) {
  static QueuePrediction of(PredictQueueResponse answer) {
    return new QueuePrediction(answer.getExpectedMs(), answer.getErrorMs(), answer.getQueueSize());
  }
}
