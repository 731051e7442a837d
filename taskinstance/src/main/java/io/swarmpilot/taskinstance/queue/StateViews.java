package io.swarmpilot.taskinstance.queue;

import io.swarmpilot.taskinstance.forecast.Estimate;
import io.swarmpilot.taskinstance.forecast.Residual;
import io.swarmpilot.taskinstance.forecast.StartForecast;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/// What can be asked of a [QueueState] at a moment.
final class StateViews {
  /// What is assumed of a task's duration when nothing at all is known.
  private static final Estimate PRIOR = new Estimate(100, 100);

  private StateViews() {}

  static Lookup lookup(QueueState state, String taskId) {
    LiveTask task = state.tasks.get(taskId);
    if (task != null) {
      return new Lookup.Unfinished(task.isRunning());
    }
    FinishedTask finished = state.results.get(taskId);
    return finished == null ? new Lookup.Unknown() : new Lookup.Finished(finished);
  }

  /// The oldest results within both bounds, at least one if there is any.
  static List<FinishedTask> results(QueueState state, int maxCount, long maxBytes) {
    List<FinishedTask> oldest = new ArrayList<>();
    long bytes = 0;
    for (FinishedTask task : state.results.tasks()) {
      bytes += task.weight();
      if (oldest.size() == maxCount || (bytes > maxBytes && !oldest.isEmpty())) {
        break;
      }
      oldest.add(task);
    }
    return oldest;
  }

  /// The scheduler's tasks.
  static List<HeldTask> held(QueueState state) {
    return state.tasks.all().stream()
        .filter(LiveTask::isDispatched)
        .map(task -> new HeldTask(task.id, task.attempt(), task.isRunning()))
        .toList();
  }

  static QueueView view(QueueState state) {
    int pending = state.tasks.pendingCount();
    return new QueueView(
        state.pool.runningModel(),
        state.pool.backend(),
        state.pool.software(),
        state.pool.replicas().stream().map(StateViews::view).toList(),
        state.pool.slots(),
        state.pool.gpus(),
        pending,
        state.tasks.size() - pending,
        state.admission.isClosed());
  }

  /// What the forecast needs, copied; the arithmetic is left to the caller, who does it without a
  /// lock.
  static Supplier<Estimate> forecast(QueueState state, long nowNanos) {
    if (state.pool.free() != null || state.tasks.size() == 0) {
      return () -> Estimate.ZERO;
    }
    Estimate typical = state.durations.estimate(PRIOR);
    List<LiveTask> running =
        state.pool.replicas().stream()
            .filter(replica -> !replica.isStopping())
            .flatMap(replica -> replica.tasks.stream())
            .toList();
    List<Double> elapsed = running.stream().map(task -> task.elapsedMs(nowNanos)).toList();
    List<LiveTask> waiting = state.tasks.pending();
    // Where slots became fewer, the next tasks to end make no room.
    int surplus = Math.max(0, running.size() - Math.max(1, state.pool.slots()));
    return () -> {
      List<Estimate> residuals = new ArrayList<>(running.size());
      for (int i = 0; i < running.size(); i++) {
        residuals.add(Residual.after(expected(running.get(i), typical), elapsed.get(i)));
      }
      residuals.sort(Comparator.comparingDouble(Estimate::meanMs));
      return StartForecast.of(
          0,
          residuals.subList(surplus, residuals.size()),
          waiting.stream().map(task -> expected(task, typical)).toList());
    };
  }

  private static Estimate expected(LiveTask task, Estimate typical) {
    return task.estimate == null ? typical : task.estimate;
  }

  private static ReplicaView view(RunningReplica replica) {
    return new ReplicaView(
        replica.id(),
        replica.isStopping(),
        replica.replica().state(),
        replica.gpus(),
        replica.replica().slots(),
        replica.replica().load(),
        replica.tasks.stream().map(task -> task.id).toList());
  }
}
