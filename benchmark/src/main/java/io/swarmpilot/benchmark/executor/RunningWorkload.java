package io.swarmpilot.benchmark.executor;

/// A workload under way, or over.
public interface RunningWorkload {
  /// How it is going, or how it ended.
  WorkloadState state();

  /// Ends it; answers once nothing of it runs and nothing of it will be written down.
  void stop();
}
