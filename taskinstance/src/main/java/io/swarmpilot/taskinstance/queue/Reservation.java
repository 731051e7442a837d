package io.swarmpilot.taskinstance.queue;

import io.swarmpilot.taskinstance.backend.Backend;
import io.swarmpilot.taskinstance.backend.ReplicaSpec;

/// Room for replicas that are being opened.
///
/// @param spec what they are
/// @param backend what runs them
/// @param count how many
/// @param gpusEach GPUs that each of them needs
public record Reservation(ReplicaSpec spec, Backend backend, int count, int gpusEach) {
  /// Model they run.
  String model() {
    return spec.modelType();
  }

  /// GPUs that all of them need.
  int gpus() {
    return count * gpusEach;
  }
}
