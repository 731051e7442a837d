package io.swarmpilot.taskinstance.queue;

import io.swarmpilot.taskinstance.backend.Replica;
import io.swarmpilot.taskinstance.backend.Workload;
import java.util.LinkedHashSet;
import java.util.SequencedSet;

/// A replica with what it runs. Owned by [ReplicaPool].
final class RunningReplica {
  final SequencedSet<LiveTask> tasks = new LinkedHashSet<>();
  private final String id;
  private final Replica replica;
  private final Workload workload;
  private final int gpus;
  private boolean stopping;

  RunningReplica(String id, Replica replica, Workload workload, int gpus) {
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

  int gpus() {
    return gpus;
  }

  boolean isStopping() {
    return stopping;
  }

  void stop() {
    stopping = true;
  }

  /// Further tasks it takes now.
  int freeSlots() {
    return stopping ? 0 : replica.slots() - tasks.size();
  }
}
