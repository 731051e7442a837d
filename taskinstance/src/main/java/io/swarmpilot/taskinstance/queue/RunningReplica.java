package io.swarmpilot.taskinstance.queue;

import io.swarmpilot.taskinstance.backend.Replica;
import io.swarmpilot.taskinstance.backend.ReplicaState;
import io.swarmpilot.taskinstance.backend.Workload;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/// A replica with what it runs. Owned by [ReplicaPool].
final class RunningReplica {
  final SequencedSet<LiveTask> tasks = new LinkedHashSet<>();
  private final String id;
  private final Replica replica;
  private final Workload workload;
  private final List<Integer> gpus;
  private boolean stopping;

  RunningReplica(String id, Replica replica, Workload workload, List<Integer> gpus) {
    this.id = id;
    this.replica = replica;
    this.workload = workload;
    this.gpus = gpus;
  }

  String id() {
    return id;
  }

  Replica replica() {
    return replica;
  }

  Workload workload() {
    return workload;
  }

  /// Numbers of the GPUs that are its own.
  List<Integer> gpus() {
    return gpus;
  }

  boolean isStopping() {
    return stopping;
  }

  void stop() {
    stopping = true;
  }

  /// Whether it takes tasks.
  boolean isReady() {
    return !stopping && replica.state() == ReplicaState.READY;
  }

  /// Whether it takes tasks or may do so again.
  boolean isHosted() {
    return !stopping && replica.state() != ReplicaState.FAILED;
  }

  /// Further tasks it takes now.
  int freeSlots() {
    return isReady() ? replica.slots() - tasks.size() : 0;
  }
}
