package io.swarmpilot.benchmark.controller;

import java.util.List;

/// Drives the executors of a vLLM benchmark.
public final class VllmWorkloadController extends BaseWorkloadController {
  /// A controller of nodes.
  ///
  /// @param port of their executors
  /// @param timeoutSeconds longest time of an operation
  public VllmWorkloadController(List<String> clientNodes, int port, int timeoutSeconds) {
    super(clientNodes, port, timeoutSeconds);
  }

  @Override
  public String getServiceName() {
    return "vllm";
  }
}
