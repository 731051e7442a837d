package io.swarmpilot.scheduler.core;

import java.util.List;
import java.util.function.Consumer;

/// What is to be done once the events of a decision are durable.
public sealed interface Effect {
  /// Answer a caller.
  ///
  /// @param to receiver of the answer
  /// @param answer the answer
  record Reply<A>(Consumer<A> to, A answer) implements Effect {
    /// Gives the answer to its receiver.
    public void send() {
      to.accept(answer);
    }
  }

  /// Give a task to an instance.
  ///
  /// @param instance uuid of the instance
  /// @param session number of its connection; by another one the task must not travel
  /// @param task the task
  /// @param remainingMs time left until it is given up, ms; NaN without a bound
  record Dispatch(String instance, long session, TaskSnapshot task, double remainingMs)
      implements Effect {}

  /// Tell an instance to stop a task.
  ///
  /// @param instance uuid of the instance
  /// @param taskId the task
  /// @param attempt the attempt to stop
  record Abort(String instance, String taskId, int attempt) implements Effect {}

  /// Tell an instance that an outcome is recorded.
  ///
  /// @param instance uuid of the instance
  /// @param taskId the task
  /// @param attempt the attempt whose outcome it is
  record Acknowledge(String instance, String taskId, int attempt) implements Effect {}

  /// Show a task to readers.
  ///
  /// @param change what happened to it
  /// @param task the task after it
  record ShowTask(TaskChange change, TaskSnapshot task) implements Effect {}

  /// Show forgotten tasks to readers no more.
  ///
  /// @param taskIds their ids
  /// @param overflow whether a bound of number or bytes drove them out
  record HideTasks(List<String> taskIds, boolean overflow) implements Effect {}

  /// Show an instance to readers.
  ///
  /// @param instance the instance
  record ShowInstance(InstanceSnapshot instance) implements Effect {}

  /// Show an instance to readers no more.
  ///
  /// @param instance the instance
  record HideInstance(InstanceSnapshot instance) implements Effect {}

  /// Show what waits for a model to readers.
  ///
  /// @param pool what waits
  record ShowPool(PoolSnapshot pool) implements Effect {}

  /// Show readers what is in force.
  ///
  /// @param strategy canonical name of the strategy
  /// @param mode the prediction mode
  record ShowSettings(String strategy, PredictMode mode) implements Effect {}

  /// Learn from an execution that succeeded.
  ///
  /// @param task the task, completed
  /// @param input its input, which the completed task does not carry any more
  /// @param target who ran it
  /// @param probability that the prediction it was placed by gave to a time no longer than it took
  /// @param slowdown of the instance by now, this execution included
  record Report(
      TaskSnapshot task, Payload input, Target target, double probability, double slowdown)
      implements Effect {}

  /// Keep a link to an instance from now on; replaces one to another address.
  ///
  /// @param instance the instance
  record OpenLink(InstanceSnapshot instance) implements Effect {}

  /// Break the connection of a link; the link makes a new one.
  ///
  /// @param instance uuid of the instance
  /// @param session number of the connection
  record BreakLink(String instance, long session) implements Effect {}

  /// Give a link up.
  ///
  /// @param instance uuid of the instance
  record CloseLink(String instance) implements Effect {}

  /// Tell the operators of a fault of ours: a command that could not be handled.
  ///
  /// @param cause the fault
  record Fault(RuntimeException cause) implements Effect {}

  /// What can happen to a task.
  enum TaskChange {
    /// It was accepted and waits for an instance.
    QUEUED,
    /// It was given to an instance for the first time.
    SCHEDULED,
    /// It began to execute.
    STARTED,
    /// It was taken from its instance, or given to the next one.
    RETRIED,
    /// It ended.
    COMPLETED
  }
}
