package io.swarmpilot.taskinstance.queue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the scheduler has to be told: events for the open stream, and every outcome until the
/// scheduler has acknowledged it. Owned by [QueueState].
///
/// Bounded: outcomes by their history; events because the reader of the stream takes no further
/// commands while many wait, and each task has at most three there: of its partial output, which is
/// bounded by itself, only that there is some.
final class Outbox {
  // What an event takes beside its texts, bytes, roughly.
  private static final long SMALL = 64;

  private final Deque<Due> due = new ArrayDeque<>();
  private final BoundedHistory unacknowledged;
  private @Nullable DispatchListener listener;

  Outbox(BoundedHistory unacknowledged) {
    this.unacknowledged = unacknowledged;
  }

  /// Opens a stream in place of any other: what was to be said on that one is replaced by every
  /// outcome not yet acknowledged.
  void attach(DispatchListener opened) {
    listener = opened;
    due.clear();
    unacknowledged.tasks().forEach(task -> say(new TaskEvent.Ended(task)));
  }

  void detach(DispatchListener closed) {
    if (closed.equals(listener)) {
      listener = null;
      due.clear();
    }
  }

  /// The listener to wake, if a stream is open.
  @Nullable DispatchListener listener() {
    return listener;
  }

  boolean hasEvents() {
    return !due.isEmpty();
  }

  int size() {
    return due.size();
  }

  /// Says something on the open stream; without one it is not said at all.
  void say(TaskEvent event) {
    if (listener != null) {
      due.add(new Due.Event(event));
    }
  }

  /// Says what a task has put out since, once the stream takes it.
  void sayOutput(LiveTask task) {
    if (listener != null) {
      due.add(new Due.Output(task));
    }
  }

  /// Keeps an outcome until it is acknowledged.
  void keep(FinishedTask task, long nowNanos) {
    unacknowledged.add(task, nowNanos);
    say(new TaskEvent.Ended(task));
  }

  void acknowledge(String taskId, int attempt) {
    FinishedTask kept = unacknowledged.get(taskId);
    if (kept != null && kept.attempt() <= attempt) {
      unacknowledged.remove(taskId);
    }
  }

  @Nullable FinishedTask unacknowledged(String taskId) {
    return unacknowledged.get(taskId);
  }

  void forget(String taskId) {
    unacknowledged.remove(taskId);
  }

  boolean hasRoomFor(int further) {
    return unacknowledged.hasRoomFor(further);
  }

  boolean isAllAcknowledged() {
    return unacknowledged.size() == 0;
  }

  void expire(long nowNanos) {
    unacknowledged.expire(nowNanos);
  }

  /// Takes the next events, in order: at least one if there is any, at most `maxEvents`, and no
  /// further ones once `maxBytes` are reached. Nothing when another stream was opened meanwhile.
  List<TaskEvent> take(DispatchListener reader, int maxEvents, long maxBytes) {
    List<TaskEvent> taken = new ArrayList<>();
    if (!reader.equals(listener)) {
      return taken;
    }
    long bytes = 0;
    while (!due.isEmpty() && taken.size() < maxEvents && bytes < maxBytes) {
      TaskEvent event = event(due.remove());
      if (!isEmpty(event)) {
        taken.add(event);
        bytes += weight(event);
      }
    }
    return taken;
  }

  private static TaskEvent event(Due due) {
    return switch (due) {
      case Due.Event(TaskEvent event) -> event;
      case Due.Output(LiveTask task) ->
          new TaskEvent.Progressed(task.id, task.attempt(), task.output.takeUnsent());
    };
  }

  /// Output that the scheduler ceased to follow before it was sent.
  private static boolean isEmpty(TaskEvent event) {
    return event instanceof TaskEvent.Progressed(_, _, List<OutputPiece> pieces)
        && pieces.isEmpty();
  }

  private static long weight(TaskEvent event) {
    return switch (event) {
      case TaskEvent.Ended(FinishedTask task) -> task.weight();
      case TaskEvent.Progressed(_, _, List<OutputPiece> pieces) ->
          SMALL + pieces.stream().mapToLong(piece -> SMALL + piece.json().length()).sum();
      case TaskEvent.Started _, TaskEvent.Refused _ -> SMALL;
    };
  }

  /// What is to be said.
  private sealed interface Due {
    record Event(TaskEvent event) implements Due {}

    record Output(LiveTask task) implements Due {}
  }
}
