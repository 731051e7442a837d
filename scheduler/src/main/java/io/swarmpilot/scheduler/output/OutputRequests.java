package io.swarmpilot.scheduler.output;

/// How an instance is asked for the output of a task.
@FunctionalInterface
public interface OutputRequests {
  /// Asks an instance to send the output of a task, or to cease. An instance that cannot be asked
  /// is passed over. Never blocks.
  void follow(String instance, String taskId, boolean follow);
}
