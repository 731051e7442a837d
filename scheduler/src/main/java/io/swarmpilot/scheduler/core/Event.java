package io.swarmpilot.scheduler.core;

/// Facts. The state changes by applying events and in no other way, so applying the same events
/// again gives the same state. Times are nanoseconds of the scheduler's monotonic clock.
public sealed interface Event {
  /// A strategy is in force.
  ///
  /// @param name its canonical name
  /// @param at when
  record StrategyChanged(String name, long at) implements Event {}

  /// A prediction mode is in force.
  ///
  /// @param mode the mode
  record PredictModeChanged(PredictMode mode) implements Event {}

  /// An instance is registered, or registered again under what may be a further address.
  ///
  /// @param uuid its uuid
  /// @param registration what is known of it
  record InstanceRegistered(String uuid, Registration registration) implements Event {}

  /// An instance can be given tasks.
  ///
  /// @param uuid its uuid
  /// @param incarnation run of its process
  record InstanceConnected(String uuid, String incarnation) implements Event {}

  /// An instance runs something else than before.
  ///
  /// @param uuid its uuid
  /// @param status what it runs
  record InstanceReported(String uuid, InstanceStatus status) implements Event {}

  /// An instance cannot be given tasks.
  ///
  /// @param uuid its uuid
  /// @param reason why, in words
  record InstanceDisconnected(String uuid, String reason) implements Event {}

  /// An instance gets no more tasks.
  ///
  /// @param uuid its uuid
  record InstanceDraining(String uuid) implements Event {}

  /// An instance is forgotten.
  ///
  /// @param uuid its uuid
  record InstanceRemoved(String uuid) implements Event {}

  /// A task is accepted.
  ///
  /// @param taskId its id
  /// @param model model that must run it
  /// @param traits how it wants to be treated
  /// @param payload its input
  /// @param estimates how long it is expected to execute
  /// @param submitUnix when it was submitted, Unix seconds
  /// @param at when it was accepted
  record TaskAccepted(
      String taskId,
      String model,
      TaskTraits traits,
      Payload payload,
      Estimates estimates,
      double submitUnix,
      long at)
      implements Event {}

  /// A task is given to an instance, which is charged for it.
  ///
  /// @param taskId the task
  /// @param attempt number of the attempt, one more than before
  /// @param instance uuid of the instance
  /// @param strategy strategy that chose it
  /// @param fallback whether it stood in for one that failed
  /// @param at when
  record TaskPlaced(
      String taskId, int attempt, String instance, String strategy, boolean fallback, long at)
      implements Event {}

  /// A waiting task steps back.
  ///
  /// @param taskId the task
  record TaskDemoted(String taskId) implements Event {}

  /// A task began to execute.
  ///
  /// @param taskId the task
  /// @param replica replica that runs it
  /// @param at when
  record TaskStarted(String taskId, String replica, long at) implements Event {}

  /// A task is taken from its instance and waits for another.
  ///
  /// @param taskId the task
  /// @param reason why, in words
  /// @param lost whether it may have run: counts against its attempts
  /// @param at when
  record TaskReleased(String taskId, String reason, boolean lost, long at) implements Event {}

  /// A task is to be stopped.
  ///
  /// @param taskId the task
  /// @param reason why, in words
  record TaskCancelRequested(String taskId, String reason) implements Event {}

  /// A task ended.
  ///
  /// @param taskId the task
  /// @param outcome how
  /// @param at when
  record TaskCompleted(String taskId, Outcome outcome, long at) implements Event {}

  /// The oldest completed tasks are forgotten.
  ///
  /// @param count how many
  /// @param overflow whether because a bound of count or bytes was hit
  record CompletedForgotten(int count, boolean overflow) implements Event {}
}
