package io.swarmpilot.benchmark.executor;

import io.swarmpilot.benchmark.load.Api;

/// Drives any OpenAI-compatible server by `/v1/chat/completions`.
public final class OpenAiWorkloadExecutor extends EngineWorkloadExecutor {
  /// An executor for a port; 0 picks a free one.
  public OpenAiWorkloadExecutor(int port) {
    super(port, "openai", Api.OPENAI_CHAT);
  }
}
