package io.swarmpilot.taskinstance.queue;

import io.swarmpilot.taskinstance.backend.RunFailure;

/// How a task ended.
public sealed interface Outcome {
  /// It succeeded.
  ///
  /// @param result what the model answered, the JSON text of an object
  record Succeeded(String result) implements Outcome {}

  /// It failed or was stopped.
  ///
  /// @param kind who or what is at fault
  /// @param message the same in words
  record Failed(RunFailure.Kind kind, String message) implements Outcome {}
}
