package io.swarmpilot.launcher.serve;

import io.grpc.ManagedChannel;
import io.swarmpilot.client.Endpoint;
import io.swarmpilot.launcher.settings.CommandFailure;
import io.swarmpilot.runtime.grpc.MeshChannels;

/// Channels to services of other processes.
final class Remote {
  private Remote() {}

  /// A channel to `host:port` or `http://host:port`; it connects with the first call.
  static ManagedChannel channel(String option, String address) {
    try {
      Endpoint endpoint = Endpoint.parse(address);
      return endpoint.tls()
          ? endpoint.connect()
          : MeshChannels.netty(endpoint.host(), endpoint.port());
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(option + ": " + e.getMessage(), e);
    }
  }
}
