package io.swarmpilot.scheduler.core;

import io.swarmpilot.scheduler.forecast.CompletionRisk;
import io.swarmpilot.scheduler.forecast.ExecutionTime;
import io.swarmpilot.scheduler.forecast.QueueForecast;
import io.swarmpilot.scheduler.policy.BatchingCost;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// An instance in the scheduler's state. Changed by [SchedulerState], but for what concerns the
/// connection of this process only.
final class InstanceEntry {
  final long ordinal;
  final Map<String, TaskEntry> outstanding = new LinkedHashMap<>();
  final QueueForecast forecast = new QueueForecast();
  Registration registration;
  InstanceStatus status;
  String incarnation = "";
  boolean connected;
  boolean draining;
  long completed;
  long failed;

  /// What follows is learned, and none of it journaled.
  final RecentService recent = new RecentService();

  final Health health = new Health();

  /// Kept by its pool: number of its kind, whether it is ready, and as what it is counted.
  int kind;

  int lookAhead;

  /// When it will have read the prompts of all tasks given to it, ms of the scheduler's clock.
  double readingUntilMs;

  boolean ready;
  boolean counted;
  int countedSlots;
  double countedLoad;

  /// The connection, none of it journaled: a scheduler that starts has none yet.
  final Connection connection = new Connection();

  InstanceEntry(long ordinal, Registration registration) {
    this.ordinal = ordinal;
    this.registration = registration;
    this.status = registration.status();
    forecast.slots(slots());
  }

  String uuid() {
    return registration.uuid();
  }

  /// The model it runs, or the one it is meant for.
  String model() {
    return status.model().isEmpty() ? registration.declaredModel() : status.model();
  }

  int slots() {
    return Math.max(status.slots(), status.replicas());
  }

  /// Share of its capacity in use, 0 to 1.
  double load(ModelPool pool) {
    return Math.min(1, (double) outstanding.size() / Math.max(1, slots() + pool.lookAhead()));
  }

  /// Tasks it can be given under late binding.
  int credit(int lookAhead) {
    return Math.min(slots() + lookAhead, health.ramp()) - outstanding.size();
  }

  /// Recent executions over what was expected of them.
  double slowdown() {
    return forecast.slowdown();
  }

  /// Notes that it was given a task. One that batches reads one prompt after the other.
  void willRead(TaskEntry task, int cachedBlocks, double nowMs) {
    if (slots() > 1) {
      double execution = task.estimates.on(status.target()).time().mean();
      readingUntilMs =
          Math.max(nowMs, readingUntilMs) + BatchingCost.unreadMs(task, execution, cachedBlocks);
    }
  }

  /// Probability that a task given to it now is not completed in time.
  double missProbability(ExecutionTime time, double slower, double withinMs, long now) {
    return CompletionRisk.of(
        forecast.waitMean(now),
        forecast.waitVariance(now),
        forecast.waitThird(now),
        time,
        slower,
        withinMs);
  }

  InstanceState state() {
    if (draining) {
      return InstanceState.DRAINING;
    }
    if (!connected) {
      return InstanceState.UNAVAILABLE;
    }
    if (status.draining()) {
      return InstanceState.DRAINING;
    }
    return health.ejected() ? InstanceState.EJECTED : InstanceState.AVAILABLE;
  }

  /// Whether it takes tasks, leaving aside that its queue may be full.
  boolean serves() {
    return isUsable() && !health.ejected();
  }

  /// Whether it could take tasks if it were not ejected.
  boolean isUsable() {
    return connected && !draining && !status.draining() && status.replicas() > 0;
  }

  /// Whether it can take one more task.
  boolean hasRoom() {
    return outstanding.size() < connection.room;
  }

  /// Notes which tasks must be running by now. Forecasts are no part of the journaled state.
  void assumeStarts(long now) {
    if (registration.kind() == InstanceKind.FOREIGN) {
      forecast.startWaiting(now);
    }
  }

  InstanceSnapshot snapshot(long now) {
    return new InstanceSnapshot(
        ordinal,
        registration,
        model(),
        status,
        connection.load,
        state(),
        outstanding.size(),
        forecast.waitingTime(now),
        now,
        serves() ? Math.max(0, credit(lookAhead)) : 0,
        slowdown(),
        health.ejectedUntil(),
        completed,
        failed);
  }

  /// What is known of an instance through its connection.
  static final class Connection {
    /// Room of an instance that has never been full.
    static final int UNLIMITED = Integer.MAX_VALUE;

    final Set<String> missing = new LinkedHashSet<>();
    final List<Consumer<Answer.Registered>> waiters = new ArrayList<>();
    long session = -1;
    long lastHeard;
    long waitingSince;
    long roomGrown;
    int room = UNLIMITED;
    EngineLoad load = EngineLoad.UNTOLD;
    boolean everConnected;
  }
}
