package io.swarmpilot.taskinstance.queue;

import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finished tasks by id, oldest first, within bounds of count, age and bytes. Beyond a bound the
/// oldest go. Not safe for use by several threads.
final class BoundedHistory {
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final int maxCount;
  private final long maxBytes;
  private final long ttlNanos;
  private long bytes;

  BoundedHistory(int maxCount, long maxBytes, long ttlNanos) {
    this.maxCount = maxCount;
    this.maxBytes = maxBytes;
    this.ttlNanos = ttlNanos;
  }

  /// Adds a task as the newest, in place of an older one with its id.
  void add(FinishedTask task, long nowNanos) {
    remove(task.taskId());
    entries.put(task.taskId(), new Entry(task, nowNanos));
    bytes += task.weight();
    while (entries.size() > maxCount || bytes > maxBytes) {
      removeOldest();
    }
    expire(nowNanos);
  }

  @Nullable FinishedTask get(String taskId) {
    Entry entry = entries.get(taskId);
    return entry == null ? null : entry.task;
  }

  void remove(String taskId) {
    Entry removed = entries.remove(taskId);
    if (removed != null) {
      bytes -= removed.task.weight();
    }
  }

  /// Drops what is too old.
  void expire(long nowNanos) {
    while (!entries.isEmpty() && nowNanos - oldest().sinceNanos > ttlNanos) {
      removeOldest();
    }
  }

  /// Whether `further` tasks of no weight would still fit.
  boolean hasRoomFor(int further) {
    return entries.size() + further <= maxCount && bytes < maxBytes;
  }

  int size() {
    return entries.size();
  }

  /// The tasks, oldest first, as a live view.
  Iterable<FinishedTask> tasks() {
    Collection<Entry> view = Collections.unmodifiableCollection(entries.values());
    return () -> view.stream().map(Entry::task).iterator();
  }

  private Entry oldest() {
    return entries.values().iterator().next();
  }

  private void removeOldest() {
    Iterator<Entry> iterator = entries.values().iterator();
    bytes -= iterator.next().task.weight();
    iterator.remove();
  }

  private record Entry(FinishedTask task, long sinceNanos) {}
}
