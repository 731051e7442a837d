package io.swarmpilot.benchmark.executor;

import io.swarmpilot.benchmark.load.Api;

/// Drives no server: every request is answered at once, so that a flow can be tried without one.
public final class DummyWorkloadExecutor extends EngineWorkloadExecutor {
  /// An executor for a port; 0 picks a free one.
  public DummyWorkloadExecutor(int port) {
    super(port, "dummy", Api.DUMMY);
  }
}
