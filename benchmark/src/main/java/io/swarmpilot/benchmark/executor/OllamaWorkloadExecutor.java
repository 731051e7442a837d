package io.swarmpilot.benchmark.executor;

import io.swarmpilot.benchmark.load.Api;

/// Drives Ollama servers by `/api/generate`.
public final class OllamaWorkloadExecutor extends EngineWorkloadExecutor {
  /// An executor for a port; 0 picks a free one.
  public OllamaWorkloadExecutor(int port) {
    super(port, "ollama", Api.OLLAMA_GENERATE);
  }
}
