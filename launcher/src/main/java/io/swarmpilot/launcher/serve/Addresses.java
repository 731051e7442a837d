package io.swarmpilot.launcher.serve;

import java.util.Map;
import java.util.Set;

/// Addresses of this machine as people and programs should use them.
///
/// @param host address listened on
record Addresses(String host) {
  private static final Set<String> WILDCARDS = Set.of("0.0.0.0", "::", "[::]", "");

  /// Host under which programs of this machine reach what listens.
  String reachable() {
    return WILDCARDS.contains(host) ? "127.0.0.1" : host;
  }

  /// Host for people to copy.
  String shown() {
    return reachable().equals("127.0.0.1") ? "localhost" : host;
  }

  /// URL for programs.
  String url(int port) {
    return "http://" + reachable() + ":" + port;
  }

  /// URL for people.
  String shownUrl(int port) {
    return "http://" + shown() + ":" + port;
  }

  /// What a ready file says of a service.
  Map<String, Object> service(int restPort, int grpcPort) {
    return Map.of("url", url(restPort), "grpc", reachable() + ":" + grpcPort);
  }
}
