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
/// commands while many wait, and each task makes at most two.
final class Outbox {
  private final Deque<TaskEvent> events = new ArrayDeque<>();
  private final BoundedHistory unacknowledged;
  private @Nullable DispatchListener listener;

  Outbox(BoundedHistory unacknowledged) {
    this.unacknowledged = unacknowledged;
  }

  /// Opens a stream in place of any other: what was to be said on that one is replaced by every
  /// outcome not yet acknowledged.
  void attach(DispatchListener opened) {
    listener = opened;
    events.clear();
    unacknowledged.tasks().forEach(task -> events.add(new TaskEvent.Ended(task)));
  }

  void detach(DispatchListener closed) {
    if (closed.equals(listener)) {
      listener = null;
      events.clear();
    }
  }

  /// The listener to wake, if a stream is open.
  @Nullable DispatchListener listener() {
    return listener;
  }

  boolean hasEvents() {
    return !events.isEmpty();
  }

  int size() {
    return events.size();
  }

  /// Says something on the open stream; without one it is not said at all.
  void say(TaskEvent event) {
    if (listener != null) {
      events.add(event);
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
    while (!events.isEmpty() && taken.size() < maxEvents && bytes < maxBytes) {
      TaskEvent event = events.remove();
      taken.add(event);
      bytes += event instanceof TaskEvent.Ended(FinishedTask task) ? task.weight() : 64;
    }
    return taken;
  }
}
