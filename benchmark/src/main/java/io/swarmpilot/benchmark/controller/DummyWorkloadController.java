package io.swarmpilot.benchmark.controller;

import java.util.List;

/// Drives the executors of a benchmark without a server; they are real all the same.
public final class DummyWorkloadController extends BaseWorkloadController {
  /// A controller of nodes.
  ///
  /// @param port of their executors
  /// @param timeoutSeconds longest time of an operation
  public DummyWorkloadController(List<String> clientNodes, int port, int timeoutSeconds) {
    super(clientNodes, port, timeoutSeconds);
  }

  @Override
  public String getServiceName() {
    return "dummy";
  }
}
