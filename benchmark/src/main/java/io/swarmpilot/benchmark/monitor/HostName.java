package io.swarmpilot.benchmark.monitor;

import java.net.InetAddress;
import java.net.UnknownHostException;

/// The name of this machine.
public final class HostName {
  private HostName() {}

  /// Its name, or "localhost" when it has none.
  public static String get() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
