package io.swarmpilot.scheduler.shadow;

/// An attempt to run a task on an instance of a virtual mesh.
final class Run {
  final LiveTask task;
  final int attempt;
  final VirtualInstance at;

  /// When it started, virtual time; [LiveTask#NEVER] before.
  long startedAt = LiveTask.NEVER;

  /// Whether its end was taken from the prediction, because the real one was not to be had.
  boolean assumed;

  /// Whether nothing comes of it any more.
  boolean over;

  Run(LiveTask task, int attempt, VirtualInstance at) {
    this.task = task;
    this.attempt = attempt;
    this.at = at;
  }

  boolean isRunning() {
    return startedAt != LiveTask.NEVER;
  }

  /// When it ends at the earliest, by what is known now.
  long leastEnd(long now) {
    return startedAt + task.leastOn(at.target(), now);
  }

  /// When it ends if nothing more is learned.
  long expectedEnd(long now) {
    return startedAt + task.expectedOn(at.target(), now);
  }
}
