package io.swarmpilot.taskinstance.forecast;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/// When a task queued now would start.
public final class StartForecast {
  private StartForecast() {}

  /// Lets the waiting tasks, in order, each start on the slot that is free first, and returns when
  /// the next one could; exactly [Estimate#ZERO] when a slot is idle.
  ///
  /// @param idleSlots slots that run nothing
  /// @param running what is left of each running task
  /// @param waiting durations of the waiting tasks, the next one first
  public static Estimate of(int idleSlots, List<Estimate> running, List<Estimate> waiting) {
    PriorityQueue<Estimate> slots =
        new PriorityQueue<>(
            Math.max(1, idleSlots + running.size()), Comparator.comparingDouble(Estimate::meanMs));
    for (int i = 0; i < idleSlots; i++) {
      slots.add(Estimate.ZERO);
    }
    slots.addAll(running);
    if (slots.isEmpty()) {
      // Nothing runs: as if one slot began now.
      slots.add(Estimate.ZERO);
    }
    for (Estimate task : waiting) {
      slots.add(slots.remove().plus(task));
    }
    return slots.element();
  }
}
