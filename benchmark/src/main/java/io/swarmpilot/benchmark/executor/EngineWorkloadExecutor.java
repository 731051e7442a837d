package io.swarmpilot.benchmark.executor;

import io.swarmpilot.benchmark.load.Api;

/// An executor that drives load with the toolkit's engine.
abstract sealed class EngineWorkloadExecutor extends BaseWorkloadExecutor
    permits OllamaWorkloadExecutor,
        VllmWorkloadExecutor,
        OpenAiWorkloadExecutor,
        MeshWorkloadExecutor,
        DummyWorkloadExecutor {
  private final EngineRunner engine;

  EngineWorkloadExecutor(int port, String service, Api api) {
    super(port);
    this.engine = new EngineRunner(service, api);
  }

  @Override
  public final String getServiceName() {
    return engine.service();
  }

  @Override
  protected final WorkloadRunner runner() {
    return engine;
  }

  @Override
  final void release() {
    engine.close();
  }
}
