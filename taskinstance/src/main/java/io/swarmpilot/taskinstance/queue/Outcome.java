package io.swarmpilot.taskinstance.queue;

import io.swarmpilot.taskinstance.backend.Fault;
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
  /// @param fault what happened
  /// @param message the same in words
  record Failed(RunFailure.Kind kind, Fault fault, String message) implements Outcome {
    /// A failure of which no more is known than its kind.
    public Failed(RunFailure.Kind kind, String message) {
      this(kind, Fault.of(kind), message);
    }

    /// The failure of a run.
    public static Failed of(RunFailure failure) {
      return new Failed(failure.kind(), failure.fault(), failure.message());
    }
  }
}
