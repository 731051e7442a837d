package io.swarmpilot.taskinstance.queue;

import io.swarmpilot.runtime.time.MeshClock;
import io.swarmpilot.taskinstance.backend.Execution;
import io.swarmpilot.taskinstance.backend.OutputStatistics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Owns the [QueueState]: admits one thread at a time, and carries out what a change asks for after
/// the lock is released: wakes the stream, cancels, closes, executes.
final class QueueOwner {
  private static final Logger log = LoggerFactory.getLogger(QueueOwner.class);

  private final ReentrantLock lock = new ReentrantLock();
  private final CompletableFuture<Void> drained = new CompletableFuture<>();
  private final CompletableFuture<Void> settled = new CompletableFuture<>();
  private final QueueState state;
  private final Workers workers;
  private final MeshClock clock;

  QueueOwner(QueueState state, Workers workers, MeshClock clock) {
    this.state = state;
    this.workers = workers;
    this.clock = clock;
  }

  /// Ends when the instance was drained and no task is left.
  CompletableFuture<Void> drained() {
    return drained;
  }

  /// Ends when, beyond that, the scheduler has acknowledged every outcome.
  CompletableFuture<Void> settled() {
    return settled;
  }

  /// Reads the state.
  <T> T read(Function<QueueState, T> question) {
    lock.lock();
    try {
      state.expire();
      return question.apply(state);
    } finally {
      lock.unlock();
    }
  }

  /// Changes the state and carries out the effects.
  <T> T change(Change<T> change) {
    Effects effects = new Effects();
    T answer = apply(change, effects);
    effects.launches.forEach(this::launch);
    return answer;
  }

  private <T> T apply(Change<T> change, Effects effects) {
    T answer;
    DispatchListener listener;
    boolean events;
    boolean ended;
    boolean acknowledged;
    lock.lock();
    try {
      state.expire();
      answer = change.apply(state, effects);
      listener = state.outbox.listener();
      events = state.outbox.hasEvents();
      ended = state.isDrained();
      acknowledged = state.outbox.isAllAcknowledged();
    } finally {
      lock.unlock();
    }
    effects.cancellations.forEach(cancellation -> cancellation.request());
    effects.closings.forEach(this::close);
    wake(listener, events, effects.hasInstanceChanged());
    if (ended) {
      drained.complete(null);
    }
    if (ended && acknowledged) {
      settled.complete(null);
    }
    return answer;
  }

  private static void wake(@Nullable DispatchListener listener, boolean events, boolean changed) {
    if (listener == null) {
      return;
    }
    if (changed) {
      listener.instanceChanged();
    } else if (events) {
      listener.eventsReady();
    }
  }

  private void launch(Assignment assignment) {
    try {
      workers.of(assignment.replica().workload()).execute(() -> run(assignment));
    } catch (RejectedExecutionException e) {
      log.error("no thread for a task", e);
      Assignment _ = finish(assignment, TaskRunner.lost(), OutputStatistics.NONE);
    }
  }

  /// Runs a task, then on the same thread every task that its slot is given next.
  private void run(Assignment first) {
    Assignment next = first;
    while (next != null) {
      LiveTask task = next.task();
      TaskOutput output = new TaskOutput(task.output, () -> announceOutput(task), clock);
      Execution execution = new Execution(task.id, task.input, task.cancellation, output);
      Outcome outcome = TaskRunner.run(next.replica().replica(), execution);
      next = finish(next, outcome, output.statistics());
    }
  }

  private void announceOutput(LiveTask task) {
    DispatchListener listener;
    lock.lock();
    try {
      state.outbox.sayOutput(task);
      listener = state.outbox.listener();
    } finally {
      lock.unlock();
    }
    wake(listener, true, false);
  }

  private @Nullable Assignment finish(Assignment done, Outcome outcome, OutputStatistics produced) {
    Effects effects = new Effects();
    boolean _ =
        apply(
            (current, follow) -> {
              current.finish(done, outcome, produced, follow);
              return true;
            },
            effects);
    List<Assignment> launches = new ArrayList<>(effects.launches);
    Optional<Assignment> mine =
        launches.stream()
            .filter(next -> next.replica().workload() == done.replica().workload())
            .findFirst();
    mine.ifPresent(launches::remove);
    launches.forEach(this::launch);
    return mine.orElse(null);
  }

  private void close(RunningReplica replica) {
    try {
      workers.of(replica.workload()).execute(() -> closeNow(replica));
    } catch (RejectedExecutionException e) {
      // The process is ending; nobody is kept waiting any more.
      closeNow(replica);
    }
  }

  private void closeNow(RunningReplica replica) {
    try {
      replica.replica().close();
    } catch (RuntimeException e) {
      log.warn("a replica did not close properly", e);
    } finally {
      boolean _ =
          change((current, follow) -> {
            current.pool.closed(replica);
            return true;
          });
    }
  }

  /// A change of the state.
  @FunctionalInterface
  interface Change<T> {
    /// Makes the change; notes what has to happen afterwards.
    T apply(QueueState state, Effects effects);
  }
}
