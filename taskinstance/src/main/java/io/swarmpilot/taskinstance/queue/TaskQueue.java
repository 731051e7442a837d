package io.swarmpilot.taskinstance.queue;

import io.swarmpilot.runtime.time.MeshClock;
import io.swarmpilot.taskinstance.forecast.Estimate;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/// The instance's tasks as a direct caller sees them. Safe for use by several threads; nothing here
/// blocks.
public final class TaskQueue {
  private final QueueOwner owner;
  private final DispatchPort dispatchPort;
  private final Replicas replicas;
  private final MeshClock clock;

  /// An empty queue without replicas.
  ///
  /// @param gpus GPUs that replicas may use together
  public TaskQueue(QueueBounds bounds, int gpus, Workers workers, MeshClock clock) {
    this.clock = clock;
    this.owner = new QueueOwner(new QueueState(bounds, gpus, clock), workers, clock);
    this.dispatchPort = new DispatchPort(owner);
    this.replicas = new Replicas(owner);
  }

  /// The same tasks as the scheduler sees them.
  public DispatchPort dispatchPort() {
    return dispatchPort;
  }

  /// What runs the tasks.
  public Replicas replicas() {
    return replicas;
  }

  /// Takes a task at the end of the queue.
  ///
  /// @throws io.swarmpilot.runtime.error.MeshException when it is not taken
  public Accepted enqueue(NewTask task) {
    return owner.change((state, effects) -> state.enqueue(task, effects));
  }

  /// What became of a task.
  public Lookup lookup(String taskId) {
    return owner.read(state -> StateViews.lookup(state, taskId));
  }

  /// The results still kept, oldest first, within both bounds.
  public List<FinishedTask> results(int maxCount, long maxBytes) {
    return owner.read(state -> StateViews.results(state, maxCount, maxBytes));
  }

  /// The instance's work at this moment.
  public QueueView view() {
    return owner.read(StateViews::view);
  }

  /// When a task queued now would start; exactly zero while a replica is idle.
  public Estimate forecast() {
    Supplier<Estimate> forecast = owner.read(state -> StateViews.forecast(state, clock.nanos()));
    return forecast.get();
  }

  /// Takes no further tasks and hands the scheduler's waiting ones back. Ends when no task is left.
  public CompletionStage<Void> drain() {
    boolean _ =
        owner.change((state, effects) -> {
          state.drain(effects);
          return true;
        });
    return owner.drained();
  }

  /// Ends the tasks whose time has run out; called several times a second.
  public void endExpired() {
    boolean _ =
        owner.change((state, effects) -> {
          state.endExpired(effects);
          return true;
        });
  }

  /// Ends when, after [#drain()], no task is left and the scheduler has acknowledged every outcome.
  public CompletionStage<Void> settled() {
    return owner.settled();
  }

  /// Ends what waits and runs, after [#drain()]. The scheduler learns that another attempt may
  /// succeed.
  public void evict() {
    boolean _ =
        owner.change((state, effects) -> {
          state.evict(effects);
          return true;
        });
  }
}
