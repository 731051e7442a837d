package io.swarmpilot.benchmark.controller;

import java.util.List;

/// Drives the executors of a benchmark of a SwarmPilot mesh.
public final class MeshWorkloadController extends BaseWorkloadController {
  /// A controller of nodes.
  ///
  /// @param port of their executors
  /// @param timeoutSeconds longest time of an operation
  public MeshWorkloadController(List<String> clientNodes, int port, int timeoutSeconds) {
    super(clientNodes, port, timeoutSeconds);
  }

  @Override
  public String getServiceName() {
    return "mesh";
  }
}
