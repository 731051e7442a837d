package io.swarmpilot.gateway;

import java.util.List;

/// What one port is to serve.
///
/// @param port 0 picks a free one
/// @param backends services answering gRPC here
/// @param allInOne whether several services share the paths
record PortPlan(int port, List<Backend> backends, boolean allInOne) {
  PortPlan {
    backends = List.copyOf(backends);
  }

  /// Name of the port for people.
  String title() {
    return allInOne ? "mesh" : backends.getFirst().role().title();
  }
}
