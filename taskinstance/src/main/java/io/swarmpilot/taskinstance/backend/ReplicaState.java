package io.swarmpilot.taskinstance.backend;

import java.util.Locale;

/// Whether a replica can take tasks, and if not, why.
public enum ReplicaState {
  /// Its engine is being started for the first time.
  STARTING,
  /// It takes tasks.
  READY,
  /// Its engine does not answer; it takes tasks again once it does.
  UNREACHABLE,
  /// Its engine ended and is being started again.
  RESTARTING,
  /// Its engine was started again too often; only stopping it is left.
  FAILED;

  /// The word for it in answers: "ready".
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
