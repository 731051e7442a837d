package io.swarmpilot.taskinstance.backend.simulated;

import io.swarmpilot.taskinstance.backend.Backend;
import io.swarmpilot.taskinstance.backend.Replica;
import io.swarmpilot.taskinstance.backend.ReplicaSpec;
import io.swarmpilot.taskinstance.backend.Workload;

/// Runs any model without running it: an execution only takes time. Chosen by `{"backend":
/// "simulated"}`, never by a model's name.
///
/// Settings, all optional: `latency_ms` (a constant), or `distribution` ("constant", "lognormal",
/// "exponential") with `mean_ms` and, for "lognormal", `cv` (standard deviation over mean, default
/// 0.5), or `latency_field`, the name of a number in each task's input that says its latency, ms;
/// `failure_rate` (0 to 1); `seed`. With a seed, a task's latency and fate follow from the seed and
/// the task's id alone, so that a run with the same ids repeats exactly. Without a latency an
/// execution ends at once, which measures the mesh and nothing else.
public final class SimulatedBackend implements Backend {
  @Override
  public String name() {
    return "simulated";
  }

  @Override
  public boolean runs(String modelType) {
    return false;
  }

  @Override
  public Workload workload() {
    return Workload.WAITING;
  }

  @Override
  public Replica open(ReplicaSpec spec) {
    return new SimulatedReplica(SimulationSettings.parse(spec.config()));
  }
}
