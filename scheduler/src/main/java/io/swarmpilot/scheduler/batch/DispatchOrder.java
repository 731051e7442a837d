package io.swarmpilot.scheduler.batch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The order in which a policy wants tasks placed: by band, within one by class, key and
/// submission, with the heads of the classes compared anew for each place; those that step back at
/// the end.
final class DispatchOrder {
  private static final Comparator<BatchTask> BY_KEY =
      Comparator.<BatchTask>comparingDouble(task -> task.order)
          .thenComparingLong(BatchTask::sequence);

  private DispatchOrder() {}

  /// These tasks, ranked before, in order.
  static List<BatchTask> of(List<BatchTask> tasks) {
    List<BatchTask> ordered = new ArrayList<>(tasks.size());
    for (boolean demoted : new boolean[] {false, true}) {
      TreeMap<Integer, List<BatchTask>> bands = new TreeMap<>();
      for (BatchTask task : tasks) {
        if (task.demoted == demoted) {
          bands.computeIfAbsent(task.band, band -> new ArrayList<>()).add(task);
        }
      }
      bands.values().forEach(band -> merge(band, ordered));
    }
    return ordered;
  }

  private static void merge(List<BatchTask> band, List<BatchTask> ordered) {
    band.sort(BY_KEY);
    TreeMap<Integer, Deque<BatchTask>> classes = new TreeMap<>();
    for (BatchTask task : band) {
      classes.computeIfAbsent(task.orderClass, number -> new ArrayDeque<>()).add(task);
    }
    for (int i = 0; i < band.size(); i++) {
      Deque<BatchTask> next = mostUrgent(classes.values());
      ordered.add(next.remove());
    }
  }

  private static Deque<BatchTask> mostUrgent(Collection<Deque<BatchTask>> classes) {
    @Nullable Deque<BatchTask> best = null;
    for (Deque<BatchTask> candidate : classes) {
      if (!candidate.isEmpty()
          && (best == null || goesBefore(candidate.getFirst(), best.getFirst()))) {
        best = candidate;
      }
    }
    if (best == null) {
      throw new IllegalStateException("fewer tasks in the classes than in the band");
    }
    return best;
  }

  private static boolean goesBefore(BatchTask challenger, BatchTask best) {
    int byUrgency =
        Double.compare(challenger.pool.policy.urgency(challenger), best.pool.policy.urgency(best));
    return byUrgency > 0 || (byUrgency == 0 && BY_KEY.compare(challenger, best) < 0);
  }
}
