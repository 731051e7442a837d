package io.swarmpilot.scheduler.shadow;

/// A task in a virtual mesh. Times are nanoseconds of virtual time, which is the scheduler's
/// monotonic clock, some way back.
final class Trial {
  private static final double NANOS_A_MS = 1e6;

  final LiveTask task;
  long startedAt = LiveTask.NEVER;
  long endedAt = LiveTask.NEVER;

  /// Whether it has a result there; false while it has not ended.
  boolean succeeded;

  /// Whether how long it took was taken from the prediction.
  boolean assumed;

  Trial(LiveTask task) {
    this.task = task;
  }

  boolean hasEnded() {
    return endedAt != LiveTask.NEVER;
  }

  double waitMs() {
    return (startedAt - task.acceptedAt()) / NANOS_A_MS;
  }

  double responseMs() {
    return (endedAt - task.acceptedAt()) / NANOS_A_MS;
  }
}
