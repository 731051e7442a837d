package io.swarmpilot.scheduler.core;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// The latest decisions, as many as there is room for; the oldest are written over. Recording
/// allocates nothing once the room is filled.
final class DecisionLog {
  private final @Nullable RecordedDecision[] ring;
  private long next;

  /// @param capacity most decisions kept
  DecisionLog(int capacity) {
    ring = new @Nullable RecordedDecision[capacity];
  }

  /// Records the decision about a task that is being placed.
  void record(
      ModelPool pool, GuardedPolicy policy, TaskEntry task, CandidateTable candidates, int chosen) {
    int at = (int) (next % ring.length);
    RecordedDecision decision = ring[at];
    if (decision == null) {
      decision = new RecordedDecision();
      ring[at] = decision;
    }
    decision.fill(next, pool, policy, task, candidates, chosen);
    task.decision = next++;
  }

  /// The decisions about a task that are still known, the first one first.
  Deque<RecordedDecision> of(TaskEntry task) {
    Deque<RecordedDecision> found = new ArrayDeque<>();
    RecordedDecision decision = find(task.decision);
    while (decision != null && decision.isAbout(task)) {
      found.addFirst(decision);
      decision = find(decision.previous());
    }
    return found;
  }

  private @Nullable RecordedDecision find(long number) {
    if (number < 0) {
      return null;
    }
    RecordedDecision decision = ring[(int) (number % ring.length)];
    return decision != null && decision.number() == number ? decision : null;
  }
}
