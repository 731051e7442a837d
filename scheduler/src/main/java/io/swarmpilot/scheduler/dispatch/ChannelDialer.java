package io.swarmpilot.scheduler.dispatch;

import io.grpc.ManagedChannel;

/// Makes channels to instances.
@FunctionalInterface
public interface ChannelDialer {
  /// A new channel to an address, for the caller to shut down.
  ManagedChannel dial(String host, int port);
}
