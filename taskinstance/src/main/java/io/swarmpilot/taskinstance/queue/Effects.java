package io.swarmpilot.taskinstance.queue;

import io.swarmpilot.taskinstance.backend.Cancellation;
import java.util.ArrayList;
import java.util.List;

/// What has to happen once a change of the state is complete and the lock released.
final class Effects {
  final List<Assignment> launches = new ArrayList<>();
  final List<Cancellation> cancellations = new ArrayList<>();
  final List<RunningReplica> closings = new ArrayList<>();
  private boolean changed;

  /// Notes that replicas, the model or the draining changed.
  void instanceChanged() {
    changed = true;
  }

  boolean hasInstanceChanged() {
    return changed;
  }
}
