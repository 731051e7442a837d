package io.swarmpilot.launcher.fault;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/// Where one service listens on the loopback address.
///
/// @param rest its REST port
/// @param grpc its own gRPC port
record Ports(int rest, int grpc) {
  /// Two ports that nothing listens on now.
  static Ports free() throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (ServerSocket rest = new ServerSocket(0, 1, loopback);
        ServerSocket grpc = new ServerSocket(0, 1, loopback)) {
      return new Ports(rest.getLocalPort(), grpc.getLocalPort());
    }
  }

  /// `host:port` of its own gRPC port.
  String grpcAddress() {
    return "127.0.0.1:" + grpc;
  }
}
