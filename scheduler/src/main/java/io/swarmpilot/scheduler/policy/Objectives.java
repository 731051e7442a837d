package io.swarmpilot.scheduler.policy;

import com.google.common.collect.ImmutableMap;

/// What becomes of tasks whose objective is at risk, the same in several policies.
final class Objectives {
  private Objectives() {}

  /// Whether a task misses its objective more surely than operators let one keep its turn. Not when
  /// the probability is unknown: ignorance condemns no task.
  static boolean isHopeless(double missProbability, PolicySettings settings) {
    return missProbability > 1 - settings.demoteBelow();
  }

  /// A hopeless task is shed where that is allowed, else demoted; any other takes its turn.
  static Admission admission(WaitingTask task, double missProbability, PolicySettings settings) {
    if (!isHopeless(missProbability, settings)) {
      return Admission.ACCEPT;
    }
    return task.sheddable() && settings.shed() ? Admission.SHED : Admission.DEMOTE;
  }

  /// An explanation as sure as the task is to meet its objective; sure when it has none.
  static Explanation explanation(
      String reason, WaitingTask task, Candidates candidates, int chosen, PoolView pool) {
    return new Explanation(reason, chance(task, candidates, chosen, pool), 0, ImmutableMap.of());
  }

  /// Probability, 0 to 1, that a task meets its objective on a candidate: 1 when it has none, 0
  /// when it is unknown.
  static double chance(WaitingTask task, Candidates candidates, int index, PoolView pool) {
    if (!task.hasSlo()) {
      return 1;
    }
    double miss = candidates.missProbability(index, task.deadlineMs() - pool.nowMs());
    return Double.isNaN(miss) ? 0 : Math.clamp(1 - miss, 0.0, 1.0);
  }
}
