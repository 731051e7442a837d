package io.swarmpilot.scheduler.queue;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A user's tasks in a band. As a [HeapNode] it is ranked by the user's account: the virtual time
/// up to which the user has been served; equal ones in order of the first task since they had none.
final class UserFlow<T> extends HeapNode {
  final FairBand<T> band;
  final String user;

  private final List<NodeHeap<QueueEntry<T>>> classes = new ArrayList<>(1);
  private int size;

  UserFlow(FairBand<T> band, String user) {
    this.band = band;
    this.user = user;
  }

  boolean isEmpty() {
    return size == 0;
  }

  void add(QueueEntry<T> entry, int orderClass) {
    while (classes.size() <= orderClass) {
      classes.add(new NodeHeap<>());
    }
    NodeHeap<QueueEntry<T>> line = classes.get(orderClass);
    entry.flow = this;
    entry.line = line;
    line.add(entry);
    size++;
  }

  void remove(QueueEntry<T> entry) {
    requireNonNull(entry.line).remove(entry);
    entry.line = null;
    entry.flow = null;
    size--;
  }

  /// The task that goes first, `null` when it has none: the most urgent head of a class, by key and
  /// sequence where they are equally urgent.
  @Nullable QueueEntry<T> head(Urgency<T> urgency) {
    QueueEntry<T> best = null;
    double most = Double.NaN;
    for (int i = 0; i < classes.size(); i++) {
      QueueEntry<T> head = classes.get(i).peek();
      if (head == null || best == null) {
        best = head == null ? best : head;
        continue;
      }
      most = Double.isNaN(most) ? ask(urgency, best) : most;
      double challenge = ask(urgency, head);
      if (challenge > most || (challenge == most && head.precedes(best))) {
        best = head;
        most = challenge;
      }
    }
    return best;
  }

  /// A task that leaves at the least cost, `null` when it has none.
  @Nullable QueueEntry<T> any() {
    for (int i = 0; i < classes.size(); i++) {
      QueueEntry<T> last = classes.get(i).last();
      if (last != null) {
        return last;
      }
    }
    return null;
  }

  private static <T> double ask(Urgency<T> urgency, QueueEntry<T> head) {
    double answer = urgency.of(head.task);
    return Double.isNaN(answer) ? Double.NEGATIVE_INFINITY : answer;
  }
}
