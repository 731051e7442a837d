package io.swarmpilot.taskinstance.queue;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.swarmpilot.taskinstance.backend.Replica;
import io.swarmpilot.taskinstance.backend.ReplicaSpec;
import java.util.List;
import java.util.Optional;

/// What runs the instance's tasks. Safe for use by several threads; nothing here blocks.
public final class Replicas {
  private final QueueOwner owner;

  Replicas(QueueOwner owner) {
    this.owner = owner;
  }

  /// What the replicas are, those that are opening or stopping included.
  public Optional<ReplicaSpec> spec() {
    return owner.read(state -> Optional.ofNullable(state.pool.spec()));
  }

  /// Makes room for replicas that are about to be opened; [#start] or [#release] must follow.
  ///
  /// @throws io.swarmpilot.runtime.error.MeshException when another model runs or something lacks
  @CanIgnoreReturnValue
  public Reservation reserve(Reservation wanted) {
    return owner.change((state, effects) -> state.reserve(wanted));
  }

  /// Gives the room back, because the replicas could not be opened.
  public void release(Reservation reserved) {
    boolean _ =
        owner.change((state, effects) -> {
          state.pool.release(reserved);
          return true;
        });
  }

  /// Lets opened replicas take tasks; returns how many run now.
  ///
  /// @throws io.swarmpilot.runtime.error.MeshException when the instance began to shut down
  ///   meanwhile; the caller still has the replicas and the reservation
  public int start(Reservation reserved, List<Replica> opened) {
    // Before they take tasks, so that no change is missed; what changes earlier is looked at below.
    opened.forEach(replica -> replica.onStateChange(this::replicaChanged));
    return owner.change((state, effects) -> state.start(reserved, opened, effects));
  }

  /// Lets up to `count` replicas take no further tasks. What they run is finished first; what waits
  /// stays.
  @CanIgnoreReturnValue
  public StoppedReplicas stop(int count) {
    return owner.change((state, effects) -> state.stop(count, effects));
  }

  private void replicaChanged() {
    boolean _ =
        owner.change((state, effects) -> {
          state.replicaChanged(effects);
          return true;
        });
  }
}
