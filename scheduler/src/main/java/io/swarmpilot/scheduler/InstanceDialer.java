package io.swarmpilot.scheduler;

import io.grpc.ManagedChannel;
import io.swarmpilot.runtime.grpc.MeshChannels;

/// How the scheduler reaches a task instance; a process that holds instances of its own answers
/// with channels that never leave it.
@FunctionalInterface
public interface InstanceDialer {
  /// A new channel to the instance at an address. The scheduler shuts it down. `host` is an IP
  /// address that has passed the allow list.
  ManagedChannel dial(String host, int port);

  /// Reaches instances over the network.
  static InstanceDialer network() {
    return MeshChannels::netty;
  }
}
