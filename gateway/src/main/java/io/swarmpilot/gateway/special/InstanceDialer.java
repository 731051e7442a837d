package io.swarmpilot.gateway.special;

import io.grpc.ManagedChannel;

/// Opens channels to task instances that the gateway has none to.
@FunctionalInterface
public interface InstanceDialer {
  /// A channel to an instance's gRPC address; the caller closes it.
  ManagedChannel dial(String host, int port);
}
