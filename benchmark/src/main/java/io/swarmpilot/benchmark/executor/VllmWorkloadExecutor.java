package io.swarmpilot.benchmark.executor;

import io.swarmpilot.benchmark.load.Api;

/// Drives vLLM servers by `/v1/completions`, streaming or not.
public final class VllmWorkloadExecutor extends EngineWorkloadExecutor {
  /// An executor for a port; 0 picks a free one.
  public VllmWorkloadExecutor(int port) {
    super(port, "vllm", Api.OPENAI_COMPLETIONS);
  }
}
