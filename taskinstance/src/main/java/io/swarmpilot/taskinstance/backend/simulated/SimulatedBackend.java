package io.swarmpilot.taskinstance.backend.simulated;

import io.swarmpilot.taskinstance.backend.Backend;
import io.swarmpilot.taskinstance.backend.Replica;
import io.swarmpilot.taskinstance.backend.ReplicaSpec;
import io.swarmpilot.taskinstance.backend.Workload;

/// Runs any model without running it: an execution only takes time. Chosen by `{"backend":
/// "simulated"}`, never by a model's name.
///
/// Time comes from a distribution, the task itself, a lookup table or a measured performance model;
/// failures, slowdowns and the other executions of a batch change it. Settings, all optional, are
/// in `docs/engines.md`. With a seed, a task's time and fate follow from the seed and the task's id
/// alone, so that a run with the same ids repeats exactly. Without settings an execution ends at
/// once, which measures the mesh and nothing else.
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
    return new SimulatedReplica(SimulationSettings.parse(spec));
  }
}
