package io.swarmpilot.scheduler.service;

import io.grpc.stub.ServerCallStreamObserver;
import io.swarmpilot.proto.scheduler.v1.Task;
import io.swarmpilot.proto.scheduler.v1.WatchTasksResponse;
import io.swarmpilot.runtime.error.ErrorReason;
import io.swarmpilot.runtime.error.MeshException;
import io.swarmpilot.scheduler.core.Effect.TaskChange;
import io.swarmpilot.scheduler.core.TaskSnapshot;
import io.swarmpilot.scheduler.core.TaskStatus;
import io.swarmpilot.scheduler.view.SchedulerView;
import io.swarmpilot.scheduler.view.TaskWatcher;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// One reader of task events. What it has not taken yet waits here, the latest state of each task:
/// a slow reader misses states in between, never the last.
final class TaskStream implements TaskWatcher {
  private final SchedulerView view;
  private final ServerCallStreamObserver<WatchTasksResponse> reader;
  private final Executor outbound;
  private final String model;
  private final Set<String> unfinished;
  private final boolean ofAll;
  private final int bound;
  private final SequencedMap<String, WatchTasksResponse> waiting = new LinkedHashMap<>();
  private final Set<String> announced = new LinkedHashSet<>();
  private final AtomicInteger sending = new AtomicInteger();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final AtomicBoolean over = new AtomicBoolean();
  private boolean opening = true;
  private boolean overflown;

  /// @param taskIds tasks to follow; none for all
  /// @param model only tasks of this model; "" for all
  /// @param bound most tasks whose state may wait for the reader
  TaskStream(
      SchedulerView view,
      ServerCallStreamObserver<WatchTasksResponse> reader,
      Executor outbound,
      List<String> taskIds,
      String model,
      int bound) {
    this.view = view;
    this.reader = reader;
    this.outbound = outbound;
    this.model = model;
    this.unfinished = new LinkedHashSet<>(taskIds);
    this.ofAll = taskIds.isEmpty();
    this.bound = bound;
  }

  /// Follows from now on, and tells the present state first.
  void open() {
    List<String> taskIds = List.copyOf(unfinished);
    reader.setOnCancelHandler(() -> leave(taskIds));
    reader.setOnCloseHandler(() -> leave(taskIds));
    reader.setOnReadyHandler(this::send);
    if (ofAll) {
      view.watchers().addToAll(this);
      view.tasks().liveTasks().forEach(task -> present(task.taskId(), task));
    } else {
      view.watchers().add(this, taskIds);
      taskIds.forEach(id -> present(id, view.tasks().find(id).orElse(null)));
    }
    opened();
    send();
  }

  @Override
  public void changed(TaskChange change, TaskSnapshot task) {
    if (concerns(task)) {
      put(task, name(change));
      if (scheduled.compareAndSet(false, true)) {
        outbound.execute(this::sendScheduled);
      }
    }
  }

  private void sendScheduled() {
    scheduled.set(false);
    send();
  }

  private boolean concerns(TaskSnapshot task) {
    return model.isEmpty() || model.equals(task.model());
  }

  private synchronized void present(String id, @Nullable TaskSnapshot task) {
    // A change that came since we began to follow is newer than this state, or the same.
    if (waiting.containsKey(id) || announced.contains(id)) {
      return;
    }
    if (task == null) {
      Task unknown = Task.newBuilder().setTaskId(id).build();
      waiting.put(
          id, WatchTasksResponse.newBuilder().setEvent("task_not_found").setData(unknown).build());
    } else if (concerns(task)) {
      put(task, "task_state");
    } else {
      unfinished.remove(id);
    }
  }

  /// Who follows all tasks need not remember for ever which ones were announced.
  private synchronized void opened() {
    opening = false;
    if (ofAll) {
      announced.clear();
    }
  }

  private synchronized void put(TaskSnapshot task, String event) {
    if (!ofAll && !unfinished.contains(task.taskId())) {
      return; // Its end was told already.
    }
    if (waiting.size() >= bound && !waiting.containsKey(task.taskId())) {
      overflown = true;
      return;
    }
    boolean first = !ofAll && !announced.contains(task.taskId());
    waiting.remove(task.taskId());
    waiting.put(
        task.taskId(),
        WatchTasksResponse.newBuilder()
            .setEvent(first ? "task_state" : event)
            .setData(Tasks.encode(task))
            .build());
  }

  /// The next event to send, if there is one.
  private synchronized @Nullable WatchTasksResponse take() {
    Map.Entry<String, WatchTasksResponse> next = waiting.pollFirstEntry();
    if (next == null) {
      return null;
    }
    if (!ofAll || opening) {
      announced.add(next.getKey());
    }
    if (isLast(next.getValue())) {
      unfinished.remove(next.getKey());
    }
    return next.getValue();
  }

  private static boolean isLast(WatchTasksResponse event) {
    return event.getEvent().equals("task_not_found")
        || event.getData().getTaskStatus().equals(Tasks.status(TaskStatus.COMPLETED));
  }

  private synchronized boolean isOverflown() {
    return overflown;
  }

  private synchronized boolean hasNothingToFollow() {
    return !ofAll && unfinished.isEmpty() && waiting.isEmpty();
  }

  /// Sends what waits while the reader takes it. Of several callers one sends for all.
  private void send() {
    if (sending.getAndIncrement() != 0) {
      return;
    }
    int seen = 1;
    do {
      sendWaiting();
      seen = sending.addAndGet(-seen);
    } while (seen != 0);
  }

  private void sendWaiting() {
    while (!over.get() && reader.isReady()) {
      WatchTasksResponse next = take();
      if (next == null) {
        break;
      }
      reader.onNext(next);
    }
    if (isOverflown() && over.compareAndSet(false, true)) {
      reader.onError(
          MeshException.of(ErrorReason.QUEUE_FULL, "The reader is too slow for all tasks"));
    } else if (hasNothingToFollow()) {
      end();
    }
  }

  private void end() {
    if (over.compareAndSet(false, true)) {
      reader.onCompleted();
    }
  }

  private void leave(List<String> taskIds) {
    over.set(true);
    view.watchers().remove(this, taskIds);
  }

  private static String name(TaskChange change) {
    return switch (change) {
      case QUEUED -> "task_queued";
      case SCHEDULED -> "task_scheduled";
      case STARTED -> "task_started";
      case RETRIED -> "task_retried";
      case COMPLETED -> "task_completed";
    };
  }
}
