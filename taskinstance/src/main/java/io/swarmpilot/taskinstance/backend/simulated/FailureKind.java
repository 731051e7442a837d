package io.swarmpilot.taskinstance.backend.simulated;

import io.swarmpilot.taskinstance.backend.RunFailure;

/// How a simulated execution fails.
enum FailureKind {
  /// The model fails on it.
  EXECUTION,
  /// The replica is lost, for this execution: another attempt may succeed.
  REPLICA_LOST,
  /// It never ends by itself.
  STALL;

  /// The failure of an execution that does not stall.
  RunFailure failure() {
    return new RunFailure(
        this == REPLICA_LOST ? RunFailure.Kind.REPLICA_LOST : RunFailure.Kind.EXECUTION,
        "simulated failure");
  }
}
