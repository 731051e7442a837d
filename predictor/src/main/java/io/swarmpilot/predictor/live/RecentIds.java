package io.swarmpilot.predictor.live;

import java.util.LinkedHashSet;

/// Remembers the last so many executions, to know a repeated report. Thread-safe.
final class RecentIds {
  private final LinkedHashSet<Id> ids = new LinkedHashSet<>();
  private final int capacity;

  RecentIds(int capacity) {
    this.capacity = capacity;
  }

  /// Notes an execution; false when it is remembered already.
  synchronized boolean add(String taskId, int attempt) {
    if (!ids.add(new Id(taskId, attempt))) {
      return false;
    }
    if (ids.size() > capacity) {
      ids.removeFirst();
    }
    return true;
  }

  private record Id(String taskId, int attempt) {}
}
