package io.swarmpilot.launcher.serve;

import io.swarmpilot.launcher.settings.CommandFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.Map;

/// Makes sure that every port is free before anything starts.
final class PortCheck {
  private PortCheck() {}

  /// Fails with one sentence when a port is taken.
  ///
  /// @param roles what each port is for
  static void requireFree(String host, Map<Integer, String> roles) {
    InetAddress address = address(host);
    roles.forEach((port, role) -> {
      if (!isFree(address, port)) {
        throw new CommandFailure(
            "port "
                + port
                + " ("
                + role
                + ") is in use. Stop what listens there, or move every port with --port-offset 10000");
      }
    });
  }

  /// Whether a port can be listened on.
  static boolean isFree(InetAddress address, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(address, port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static InetAddress address(String host) {
    try {
      return InetAddress.getAllByName(host)[0];
    } catch (UnknownHostException e) {
      throw new CommandFailure("--host " + host + " is not an address of this machine", e);
    }
  }
}
