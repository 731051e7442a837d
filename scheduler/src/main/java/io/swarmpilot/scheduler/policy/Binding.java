package io.swarmpilot.scheduler.policy;

/// When a task is given to an instance.
public enum Binding {
  /// At submission: the task queues at its instance.
  EARLY,
  /// Once an instance has room to start it: until then it waits in the model's central queue, where
  /// the policy's order decides, and whatever is learned meanwhile still counts.
  LATE
}
