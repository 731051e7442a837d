package io.swarmpilot.benchmark.controller;

import java.util.List;

/// Drives the executors of a benchmark of any OpenAI-compatible server.
public final class OpenAiWorkloadController extends BaseWorkloadController {
  /// A controller of nodes.
  ///
  /// @param port of their executors
  /// @param timeoutSeconds longest time of an operation
  public OpenAiWorkloadController(List<String> clientNodes, int port, int timeoutSeconds) {
    super(clientNodes, port, timeoutSeconds);
  }

  @Override
  public String getServiceName() {
    return "openai";
  }
}
