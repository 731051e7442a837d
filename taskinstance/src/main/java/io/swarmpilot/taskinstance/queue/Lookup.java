package io.swarmpilot.taskinstance.queue;

/// What the instance knows of a task id.
public sealed interface Lookup {
  /// The task has ended.
  record Finished(FinishedTask task) implements Lookup {}

  /// The task waits or runs.
  record Unfinished(boolean running) implements Lookup {}

  /// There is no such task, or its result has expired.
  record Unknown() implements Lookup {}
}
