package io.swarmpilot.scheduler.core;

import java.util.Optional;

/// What the callers of commands are told.
public sealed interface Answer {
  /// To a submit.
  sealed interface Submitted extends Answer {}

  /// The task is accepted, now or before.
  ///
  /// @param taskId id of the task
  /// @param instance uuid of its instance, "" while it waits for one
  record Accepted(String taskId, String instance) implements Submitted {}

  /// No instance is registered at all.
  record NoInstances() implements Submitted {}

  /// No instance of the model can take it now.
  ///
  /// @param model the model
  record NoAvailableInstance(String model) implements Submitted {}

  /// A bound is hit.
  ///
  /// @param bound which one, in words
  /// @param retryAfterMs when a place is expected to be free
  record Full(String bound, double retryAfterMs) implements Submitted {}

  /// It may be shed, and could not meet its objective even if it started at once.
  ///
  /// @param sloMs the objective, ms
  record Shed(double sloMs) implements Submitted {}

  /// To a cancel.
  enum Cancelled implements Answer {
    /// It ended at once.
    CANCELLED,
    /// Its instance was told to stop it.
    CANCELLING,
    /// It had ended before.
    ALREADY_COMPLETED,
    /// No task has this id.
    NOT_FOUND
  }

  /// To a registration.
  ///
  /// @param uuid uuid of the instance, "" when it was not added
  /// @param failure why it was not added, "" when it was
  record Registered(String uuid, String failure) implements Answer {}

  /// To a removal.
  ///
  /// @param instance the instance, if it was found
  record Removed(Optional<InstanceSnapshot> instance) implements Answer {}

  /// To a foreign instance's word that a task ended.
  sealed interface Noted extends Answer {}

  /// The task is completed by it.
  ///
  /// @param totalMs time from submission to completion
  record NotedCompleted(double totalMs) implements Noted {}

  /// It changed nothing.
  enum NotedWithout implements Noted {
    /// No instance has this uuid or name.
    UNKNOWN_INSTANCE,
    /// No task has this id.
    UNKNOWN_TASK,
    /// The task had ended before.
    ALREADY_COMPLETED,
    /// The task is with another instance.
    NOT_ASSIGNED
  }
}
