package io.swarmpilot.taskinstance.backend.process;

import io.swarmpilot.runtime.error.ErrorReason;
import io.swarmpilot.runtime.error.MeshException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/// Ports of the loopback address for servers that are about to be started. Safe for use by several
/// threads.
///
/// They lie above those that Linux gives to outgoing connections: a server may take a minute to
/// listen, and nothing else is to have its port by then.
final class LoopbackPorts {
  private static final int FIRST = 61_000;
  private static final int COUNT = 4_500;

  private final RandomGenerator random;
  private final Set<Integer> taken = new HashSet<>();

  /// @param random where to begin to look, so that the instances of a machine seldom meet
  LoopbackPorts(RandomGenerator random) {
    this.random = random;
  }

  /// A port on which nothing listens and that was given to no other server.
  ///
  /// @throws MeshException INSUFFICIENT_RESOURCES when there is none
  synchronized int take() {
    int start = random.nextInt(COUNT);
    for (int i = 0; i < COUNT; i++) {
      int port = FIRST + (start + i) % COUNT;
      if (!taken.contains(port) && isFree(port)) {
        taken.add(port);
        return port;
      }
    }
    throw MeshException.of(
            ErrorReason.INSUFFICIENT_RESOURCES,
            "No port from " + FIRST + " to " + (FIRST + COUNT - 1) + " is free here")
        .with("missing", "port");
  }

  /// Gives a port back.
  synchronized void giveBack(int port) {
    taken.remove(port);
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
