package io.swarmpilot.taskinstance.queue;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// The tasks that wait, in order, and those that run. Owned by [QueueState].
final class TaskTable {
  private final SequencedMap<String, LiveTask> pending = new LinkedHashMap<>();
  private final Map<String, LiveTask> live = new HashMap<>();
  private final Deadlines deadlines = new Deadlines();
  private long pendingBytes;

  /// Adds a task at the end of the queue.
  void add(LiveTask task) {
    live.put(task.id, task);
    pending.put(task.id, task);
    deadlines.add(task);
    pendingBytes += task.input.length();
  }

  /// Takes the task at the head of the queue to run it; null when none waits.
  @Nullable LiveTask takeNext() {
    Map.Entry<String, LiveTask> next = pending.pollFirstEntry();
    if (next == null) {
      return null;
    }
    pendingBytes -= next.getValue().input.length();
    return next.getValue();
  }

  /// Removes a task that waits.
  void unqueue(LiveTask task) {
    pending.remove(task.id);
    pendingBytes -= task.input.length();
    remove(task);
  }

  /// Removes a task that ran.
  void remove(LiveTask task) {
    live.remove(task.id);
    deadlines.remove(task);
  }

  /// Makes a task a later attempt of the scheduler's.
  void adopt(LiveTask task, NewTask later, long nowNanos) {
    deadlines.remove(task);
    task.adopt(later, nowNanos);
    deadlines.add(task);
  }

  /// Takes the tasks whose time has run out from those that are watched for it.
  List<LiveTask> takeExpired(long nowNanos) {
    return deadlines.takeExpired(nowNanos);
  }

  @Nullable LiveTask get(String taskId) {
    return live.get(taskId);
  }

  /// The waiting tasks in order, as a copy.
  List<LiveTask> pending() {
    return List.copyOf(pending.values());
  }

  /// Every task, in no order.
  Collection<LiveTask> all() {
    return live.values();
  }

  int pendingCount() {
    return pending.size();
  }

  /// Characters of JSON that the inputs of the waiting tasks hold.
  long pendingBytes() {
    return pendingBytes;
  }

  int size() {
    return live.size();
  }
}
