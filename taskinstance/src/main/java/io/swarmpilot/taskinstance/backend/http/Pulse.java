package io.swarmpilot.taskinstance.backend.http;

/// When an engine was last heard of. Safe for use by several threads.
final class Pulse {
  private volatile long nanos = System.nanoTime();

  /// Notes that it was heard of just now.
  void beat() {
    nanos = System.nanoTime();
  }

  /// Whether it was heard of after this time, ns of the monotonic clock.
  boolean isAfter(long time) {
    return nanos - time > 0;
  }
}
