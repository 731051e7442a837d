package io.swarmpilot.scheduler.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/// The instances of one model and the tasks that wait for one of them.
final class ModelPool {
  private static final Comparator<TaskEntry> ORDER =
      Comparator.<TaskEntry>comparingLong(task -> task.orderKey)
          .thenComparingLong(task -> task.sequence);

  /// In order of registration.
  final List<InstanceEntry> instances = new ArrayList<>();

  /// In the order in which they are to be placed.
  final TreeSet<TaskEntry> waiting = new TreeSet<>(ORDER);

  /// Ordinal of the instance chosen last.
  long lastChosen = -1;

  void add(InstanceEntry instance) {
    int at = instances.size();
    while (at > 0 && instances.get(at - 1).ordinal > instance.ordinal) {
      at--;
    }
    instances.add(at, instance);
  }

  boolean isUnused() {
    return instances.isEmpty() && waiting.isEmpty();
  }
}
