package io.swarmpilot.scheduler.queue;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tasks sorted as one policy wants them: its bands, and the lane of the demoted.
final class Lanes<T> {
  final NodeHeap<QueueEntry<T>> demoted = new NodeHeap<>();
  private final List<FairBand<T>> bands = new ArrayList<>(CentralQueue.BANDS);

  Lanes(double mostDebtMs) {
    for (int i = 0; i < CentralQueue.BANDS; i++) {
      bands.add(new FairBand<>(mostDebtMs));
    }
  }

  void add(QueueEntry<T> entry, int band, String user, double key, int orderClass) {
    entry.rank = HeapNode.orInfinity(key);
    int nearest = Math.clamp(band, 0, CentralQueue.BANDS - 1);
    bands.get(nearest).add(entry, user, orderClass);
  }

  void demote(QueueEntry<T> entry) {
    remove(entry);
    entry.rank = entry.arrivalMs();
    entry.line = demoted;
    demoted.add(entry);
  }

  /// Removes a task from the lanes that it is in.
  static <T> void remove(QueueEntry<T> entry) {
    UserFlow<T> flow = entry.flow;
    if (flow == null) {
      requireNonNull(entry.line).remove(entry);
      entry.line = null;
    } else {
      flow.band.remove(entry);
    }
  }

  /// Removes a task from the lanes that it is in, and charges its user for it.
  static <T> void take(QueueEntry<T> entry) {
    UserFlow<T> flow = entry.flow;
    if (flow == null) {
      remove(entry);
    } else {
      flow.band.take(entry);
    }
  }

  /// The task of the lowest band that goes first, `null` when all that wait are demoted.
  @Nullable QueueEntry<T> head(Urgency<T> urgency) {
    for (int i = 0; i < CentralQueue.BANDS; i++) {
      QueueEntry<T> head = bands.get(i).head(urgency);
      if (head != null) {
        return head;
      }
    }
    return null;
  }

  /// A task that leaves at little cost, of the lowest band that has one; `null` when it is empty.
  @Nullable QueueEntry<T> any() {
    for (int i = 0; i < CentralQueue.BANDS; i++) {
      QueueEntry<T> any = bands.get(i).any();
      if (any != null) {
        return any;
      }
    }
    return demoted.last();
  }

  /// Number of users it keeps an account of.
  int users() {
    return bands.stream().mapToInt(FairBand::users).sum();
  }
}
