package io.swarmpilot.benchmark.executor;

import io.swarmpilot.benchmark.load.Api;

/// Drives a SwarmPilot mesh with tasks, by `/queue/submit` and `/task/wait`.
public final class MeshWorkloadExecutor extends EngineWorkloadExecutor {
  /// An executor for a port; 0 picks a free one.
  public MeshWorkloadExecutor(int port) {
    super(port, "mesh", Api.MESH);
  }
}
