package io.swarmpilot.taskinstance.backend.process;

import io.swarmpilot.taskinstance.backend.Replica;
import java.time.Duration;

/// A server that takes, or took, tasks.
///
/// @param process its processes
/// @param replica what talks to it
/// @param port where it listens
/// @param sinceNanos when it was ready, ns of the monotonic clock
record RunningServer(ServerProcess process, Replica replica, int port, long sinceNanos) {
  /// How long it has been ready.
  Duration ranFor() {
    return Duration.ofNanos(System.nanoTime() - sinceNanos);
  }
}
