package io.swarmpilot.scheduler.core;

import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/// The live tasks that are given up at some time, the first to be given up first.
final class Expiry {
  private final TreeSet<TaskEntry> tasks =
      new TreeSet<>(
          Comparator.<TaskEntry>comparingLong(TaskEntry::expiresAt)
              .thenComparingLong(task -> task.sequence));

  void add(TaskEntry task) {
    if (task.expiresAt() != TaskEntry.NEVER) {
      tasks.add(task);
    }
  }

  void remove(TaskEntry task) {
    tasks.remove(task);
  }

  /// Those whose time is up and that are not being stopped yet.
  List<TaskEntry> due(long now) {
    return tasks.stream()
        .takeWhile(task -> task.expiresAt() <= now)
        .filter(task -> !task.cancelRequested)
        .toList();
  }
}
