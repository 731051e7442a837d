package io.swarmpilot.client;

/// Forecast of one instance's queue.
///
/// @param modelName model the instance runs
/// @param tiUuid uuid of the instance
/// @param waitingTime time until a task submitted now would start; exactly 0 and 0 when a replica
///   is idle
/// @param queueSize tasks assigned and not yet finished
/// @param replicas replicas running
/// @param state `available`, `unavailable`, `ejected` or `draining`
public record QueueInfo(
    String modelName,
    String tiUuid,
    ExpectedTime waitingTime,
    int queueSize,
    int replicas,
    String state) {
  static QueueInfo of(io.swarmpilot.proto.scheduler.v1.QueueInfo queue) {
    return new QueueInfo(
        queue.getModelName(),
        queue.getTiUuid(),
        new ExpectedTime(queue.getWaitingTimeExpect(), queue.getWaitingTimeError()),
        queue.getQueueSize(),
        queue.getReplicas(),
        queue.getState());
  }
}
