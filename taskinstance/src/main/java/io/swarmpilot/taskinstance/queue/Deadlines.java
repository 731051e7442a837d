package io.swarmpilot.taskinstance.queue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/// The tasks whose time is bounded, the one whose time runs out first at the head. Owned by
/// [TaskTable].
final class Deadlines {
  private final NavigableSet<LiveTask> tasks =
      new TreeSet<>(
          Comparator.comparingLong(LiveTask::expiresAt)
              .thenComparing(Comparator.comparing(LiveTask::id)));

  /// Adds a task, if its time is bounded.
  void add(LiveTask task) {
    if (task.expiresAt() != LiveTask.NEVER) {
      tasks.add(task);
    }
  }

  void remove(LiveTask task) {
    tasks.remove(task);
  }

  /// Takes the tasks whose time has run out.
  List<LiveTask> takeExpired(long nowNanos) {
    List<LiveTask> expired = new ArrayList<>();
    while (!tasks.isEmpty() && tasks.first().isExpired(nowNanos)) {
      expired.add(tasks.removeFirst());
    }
    return expired;
  }
}
