package io.swarmpilot.benchmark.executor;

import io.swarmpilot.benchmark.recipe.WorkloadSettings;

/// Drives the workloads of one kind of service.
public interface WorkloadRunner {
  /// Name of the service, for metrics and health.
  String service();

  /// Whether a workload needs a server and a model.
  boolean needsTarget();

  /// Begins a workload. Nothing is left running when it fails.
  ///
  /// @throws io.swarmpilot.benchmark.recipe.InvalidSettingsException when it cannot be driven
  RunningWorkload begin(WorkloadSettings settings);
}
