package io.swarmpilot.client;

/// A registered task instance as the scheduler sees it.
///
/// @param tiUuid uuid given at registration
/// @param instanceId name the instance gives itself
/// @param host host as registered
/// @param port port as registered
/// @param modelName model it runs, or the one declared at registration
/// @param state `available`, `unavailable`, `ejected` or `draining`
/// @param replicas replicas running
/// @param outstandingTasks tasks assigned and not yet finished
/// @param waitingTime wait of a task submitted now
/// @param completedTasks tasks completed successfully since registration
/// @param failedTasks tasks failed since registration
public record Instance(
    String tiUuid,
    String instanceId,
    String host,
    int port,
    String modelName,
    String state,
    int replicas,
    int outstandingTasks,
    ExpectedTime waitingTime,
    long completedTasks,
    long failedTasks) {
  static Instance of(io.swarmpilot.proto.scheduler.v1.Instance instance) {
    return new Instance(
        instance.getTiUuid(),
        instance.getInstanceId(),
        instance.getHost(),
        instance.getPort(),
        instance.getModelName(),
        instance.getState(),
        instance.getReplicas(),
        instance.getOutstandingTasks(),
        new ExpectedTime(instance.getWaitingTimeExpect(), instance.getWaitingTimeError()),
        instance.getCompletedTasks(),
        instance.getFailedTasks());
  }
}
