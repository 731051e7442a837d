package io.swarmpilot.taskinstance.weights;

/// Hears how far fetching is.
@FunctionalInterface
public interface PullProgress {
  /// Of `total` bytes of something, this many are here.
  void at(String what, long done, long total);
}
