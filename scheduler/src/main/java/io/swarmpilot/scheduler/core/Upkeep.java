package io.swarmpilot.scheduler.core;

import io.swarmpilot.scheduler.core.Outcome.FailureKind;
import java.util.List;

/// What has to happen because time passes: leases, waiting bounds, retention.
final class Upkeep {
  private static final long ROOM_GROWS_EVERY = 1_000_000_000L;
  private static final long LATE = 500_000_000L;
  private static final long LONGEST_CONNECT = 2_000_000_000L;

  private final Settlement settlement;
  private final OutlierEjection outliers;
  private final Fleet fleet;
  private final Retention retention;
  private final Limits limits;
  private long lastTick = Long.MIN_VALUE;

  Upkeep(
      Settlement settlement,
      OutlierEjection outliers,
      Fleet fleet,
      Retention retention,
      Limits limits) {
    this.settlement = settlement;
    this.outliers = outliers;
    this.fleet = fleet;
    this.retention = retention;
    this.limits = limits;
  }

  void tick(Transition step) {
    excuseOwnPause(step);
    for (InstanceEntry instance : List.copyOf(step.state.instances())) {
      checkLease(step, instance);
      checkWaiters(step, instance);
      growRoom(step, instance);
      if (!instance.outstanding.isEmpty()) {
        step.touch(instance);
      }
    }
    outliers.tick(step);
    step.state
        .expiry()
        .due(step.now)
        .forEach(task -> settlement.stop(step, task, task.timeOutReason()));
    for (ModelPool pool : List.copyOf(step.state.pools())) {
      pool.advance(step.now);
      pool.adaptLookAhead();
      checkServed(step, pool);
      settlement.placeWaiting(step, pool.model);
    }
    retention.expire(step);
  }

  /// Time in which this scheduler stood still is not held against the instances: what they said
  /// meanwhile has yet to be read.
  private void excuseOwnPause(Transition step) {
    long pause = lastTick == Long.MIN_VALUE ? 0 : step.now - lastTick;
    lastTick = step.now;
    if (pause > LATE) {
      for (InstanceEntry instance : step.state.instances()) {
        instance.connection.lastHeard = Math.min(step.now, instance.connection.lastHeard + pause);
      }
    }
  }

  private void checkLease(Transition step, InstanceEntry instance) {
    InstanceEntry.Connection connection = instance.connection;
    if (step.now - connection.lastHeard <= limits.leaseTimeout() || !connection.everConnected) {
      return;
    }
    if (instance.connected) {
      step.raise(new Event.InstanceDisconnected(instance.uuid(), "silent"));
      step.effect(new Effect.BreakLink(instance.uuid(), connection.session));
      step.touch(instance);
    }
    connection.missing.clear();
    for (TaskEntry task : List.copyOf(instance.outstanding.values())) {
      settlement.lose(step, task, "its instance was lost");
    }
  }

  private void checkWaiters(Transition step, InstanceEntry instance) {
    if (step.now - instance.connection.waitingSince > LONGEST_CONNECT) {
      fleet.giveUpUnlessKnown(step, instance, "no answer");
    }
  }

  /// An instance that was full may have room again without telling: try a little more.
  private void growRoom(Transition step, InstanceEntry instance) {
    InstanceEntry.Connection connection = instance.connection;
    if (connection.room == InstanceEntry.Connection.UNLIMITED
        || step.now - connection.roomGrown < ROOM_GROWS_EVERY) {
      return;
    }
    connection.room += Math.max(1, connection.room / 16);
    connection.roomGrown = step.now;
    step.state.refresh(instance);
  }

  /// A task waits as long as it takes while its model is served; without any instance it fails at
  /// last.
  private void checkServed(Transition step, ModelPool pool) {
    if (pool.unservedSince == ModelPool.SERVED
        || step.now - pool.unservedSince <= limits.queueTimeout()) {
      return;
    }
    for (TaskEntry task : pool.waiting()) {
      if (step.now - task.queuedAt > limits.queueTimeout()) {
        settlement.fail(step, task, FailureKind.LOST, Fault.NO_INSTANCE, noInstance(task));
      }
    }
  }

  private static String noInstance(TaskEntry task) {
    String message = "No available instances for model type " + task.model;
    return task.losses.isEmpty() ? message : message + " after " + String.join("; ", task.losses);
  }
}
