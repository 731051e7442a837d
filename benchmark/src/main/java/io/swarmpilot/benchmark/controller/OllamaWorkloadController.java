package io.swarmpilot.benchmark.controller;

import java.util.List;

/// Drives the executors of an Ollama benchmark.
public final class OllamaWorkloadController extends BaseWorkloadController {
  /// A controller of nodes.
  ///
  /// @param port of their executors
  /// @param timeoutSeconds longest time of an operation
  public OllamaWorkloadController(List<String> clientNodes, int port, int timeoutSeconds) {
    super(clientNodes, port, timeoutSeconds);
  }

  @Override
  public String getServiceName() {
    return "ollama";
  }
}
