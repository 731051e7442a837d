package io.swarmpilot.scheduler.core;

import io.swarmpilot.scheduler.policy.Admission;
import io.swarmpilot.scheduler.policy.Binding;
import io.swarmpilot.scheduler.policy.Candidates;
import io.swarmpilot.scheduler.policy.Explanation;
import io.swarmpilot.scheduler.policy.LeastRequests;
import io.swarmpilot.scheduler.policy.Policy;
import io.swarmpilot.scheduler.policy.PoolView;
import io.swarmpilot.scheduler.policy.WaitingTask;
import java.util.random.RandomGenerator;

/// A policy as the core uses it. A policy of a user may throw or answer nonsense: then the task is
/// ordered by its arrival, or placed by [LeastRequests], and the failure is counted.
final class GuardedPolicy {
  /// Stands in for policies that fail.
  static final Policy FALLBACK = new LeastRequests();

  private static final int MOST_BANDS = 8;

  private final Policy policy;
  private long failures;
  private boolean fellBack;

  GuardedPolicy(Policy policy) {
    this.policy = policy;
  }

  String name() {
    return policy.name();
  }

  Binding binding() {
    return policy.binding();
  }

  /// How often it failed.
  long failures() {
    return failures;
  }

  /// Whether another policy stood in for it in the last [#select].
  boolean fellBack() {
    return fellBack;
  }

  /// Canonical name of the policy that made the last [#select].
  String chooser() {
    return fellBack ? FALLBACK.name() : policy.name();
  }

  int band(WaitingTask task) {
    try {
      return Math.clamp(policy.band(task), 0, MOST_BANDS - 1);
    } catch (RuntimeException e) {
      failures++;
      return task.priority().number();
    }
  }

  /// Whose turn a task takes within its band.
  String flow(TaskEntry task) {
    try {
      return policy.sharesFairly() ? task.traits.user() : "";
    } catch (RuntimeException e) {
      failures++;
      return task.traits.user();
    }
  }

  double order(WaitingTask task, PoolView pool) {
    try {
      return policy.order(task, pool);
    } catch (RuntimeException e) {
      failures++;
      return task.arrivalMs();
    }
  }

  int orderClass(WaitingTask task) {
    try {
      return policy.orderClass(task);
    } catch (RuntimeException e) {
      failures++;
      return 0;
    }
  }

  double urgency(WaitingTask task, PoolView pool) {
    try {
      return policy.urgency(task, pool);
    } catch (RuntimeException e) {
      failures++;
      return 0;
    }
  }

  Admission admit(WaitingTask task, PoolView pool, double missProbability) {
    try {
      return policy.admit(task, pool, missProbability);
    } catch (RuntimeException e) {
      failures++;
      return Admission.ACCEPT;
    }
  }

  boolean needsWholeFleet() {
    return policy.needsWholeFleet();
  }

  int select(WaitingTask task, Candidates candidates, PoolView pool, RandomGenerator random) {
    fellBack = false;
    try {
      int index = policy.select(task, candidates, pool, random);
      if (index >= 0 && index < candidates.size()) {
        return index;
      }
    } catch (RuntimeException e) {
      // The task's record says that another policy stood in.
    }
    failures++;
    fellBack = true;
    return FALLBACK.select(task, candidates, pool, random);
  }

  /// What it compares; NaN when it fails to.
  double score(WaitingTask task, Candidates candidates, int index, PoolView pool) {
    try {
      return (fellBack ? FALLBACK : policy).score(task, candidates, index, pool);
    } catch (RuntimeException e) {
      return Double.NaN;
    }
  }

  /// Why the first of the candidates was chosen.
  ///
  /// @param failed whether another policy stood in
  Explanation explain(boolean failed, WaitingTask task, Candidates candidates, PoolView pool) {
    try {
      return failed
          ? Explanation.of(policy.name() + " failed: fewest tasks for its slots")
          : policy.explain(task, candidates, 0, pool);
    } catch (RuntimeException e) {
      return Explanation.of(policy.name() + " could not explain its choice");
    }
  }
}
