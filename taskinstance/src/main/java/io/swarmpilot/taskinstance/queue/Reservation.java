package io.swarmpilot.taskinstance.queue;

/// Room for replicas that are being opened.
///
/// @param model model they run
/// @param count how many
/// @param gpusEach GPUs that each of them needs
public record Reservation(String model, int count, int gpusEach) {
  /// GPUs that all of them need.
  int gpus() {
    return count * gpusEach;
  }
}
