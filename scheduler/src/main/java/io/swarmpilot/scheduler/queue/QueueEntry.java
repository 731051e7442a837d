package io.swarmpilot.scheduler.queue;

import org.jspecify.annotations.Nullable;

/// A task's place in a [CentralQueue]. Made once a task; it can enter a queue again after it has
/// left it. In one queue at a time.
public final class QueueEntry<T> extends HeapNode {
  final T task;
  final Age<T> age;

  /// Expected execution time, ms; positive and finite.
  double costMs;

  /// Among whose tasks it waits; `null` while it is demoted or in no queue.
  @Nullable UserFlow<T> flow;

  /// Where it is sorted in; `null` while it is in no queue.
  @Nullable NodeHeap<QueueEntry<T>> line;

  /// The entry of a task.
  ///
  /// @param sequence position in the order of submission, unique among the tasks of a queue
  public QueueEntry(T task, long sequence) {
    this.task = task;
    this.tie = sequence;
    this.age = new Age<>(this);
  }

  /// Its task.
  public T task() {
    return task;
  }

  /// Whether it waits among the demoted ones.
  public boolean isDemoted() {
    return line != null && flow == null;
  }

  double arrivalMs() {
    return age.rank;
  }

  /// The entry's place in the order of arrival.
  static final class Age<T> extends HeapNode {
    final QueueEntry<T> entry;

    Age(QueueEntry<T> entry) {
      this.entry = entry;
      this.tie = entry.tie;
    }
  }
}
