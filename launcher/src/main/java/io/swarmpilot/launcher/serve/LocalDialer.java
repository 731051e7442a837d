package io.swarmpilot.launcher.serve;

import io.grpc.ManagedChannel;
import io.swarmpilot.runtime.grpc.MeshChannels;
import io.swarmpilot.scheduler.InstanceDialer;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;

/// Reaches the instances of this process without the network, and all others over it.
///
/// @param names in-process names by port
/// @param host address this process listens on
record LocalDialer(Map<Integer, String> names, String host) implements InstanceDialer {
  LocalDialer {
    names = Map.copyOf(names);
  }

  @Override
  public ManagedChannel dial(String target, int port) {
    String name = names.get(port);
    return name != null && isHere(target)
        ? MeshChannels.inProcess(name)
        : InstanceDialer.network().dial(target, port);
  }

  private boolean isHere(String target) {
    try {
      return target.equals(host) || InetAddress.getAllByName(target)[0].isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
