package io.swarmpilot.scheduler.shadow;

import java.util.Comparator;
import java.util.PriorityQueue;

/// What is to happen on the instances of a virtual mesh, the earliest first; what is to happen at
/// the same moment in the order in which it was noted.
final class Agenda {
  private final PriorityQueue<Entry> entries =
      new PriorityQueue<>(Comparator.comparingLong(Entry::at).thenComparingLong(Entry::sequence));
  private long sequence;

  void add(long at, Run run) {
    entries.add(new Entry(at, sequence++, run));
  }

  /// When the next thing happens at the earliest; the end of time when there is none.
  long next() {
    while (!entries.isEmpty() && entries.element().run.over) {
      entries.remove();
    }
    return entries.isEmpty() ? Long.MAX_VALUE : entries.element().at;
  }

  /// Takes the task out to which the next thing happens: it arrives, or it ends.
  Run take() {
    return entries.remove().run;
  }

  void clear() {
    entries.clear();
  }

  /// Something to happen.
  private record Entry(long at, long sequence, Run run) {}
}
