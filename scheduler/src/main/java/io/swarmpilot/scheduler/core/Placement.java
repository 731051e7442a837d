package io.swarmpilot.scheduler.core;

import io.swarmpilot.scheduler.core.Effect.TaskChange;
import io.swarmpilot.scheduler.policy.Admission;
import io.swarmpilot.scheduler.policy.PolicyRegistry;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/// Gives waiting tasks to instances, whose turn it is first.
final class Placement {
  private static final double NANOS_PER_MS = 1e6;

  /// Most decisions before others have their turn: after a switch to early binding thousands of
  /// tasks may find an instance at once.
  private static final int MOST_AT_ONCE = 256;

  private final CandidateTable candidates = new CandidateTable();
  private final Map<String, GuardedPolicy> overrides = new HashMap<>();
  private final PolicyRegistry policies;
  private final DecisionLog decisions;
  private final RandomGenerator random;
  private final Set<String> unfinished = new LinkedHashSet<>();
  private boolean placing;

  Placement(PolicyRegistry policies, DecisionLog decisions, RandomGenerator random) {
    this.policies = policies;
    this.decisions = decisions;
    this.random = random;
  }

  /// Gives the waiting tasks of a model to instances as long as one can take them.
  ///
  /// @param shed what to do with a task that is not to be run
  void placeWaiting(Transition step, String model, Shedding shed) {
    ModelPool pool = step.state.pool(model).orElse(null);
    if (pool == null || placing) {
      return;
    }
    placing = true;
    step.touch(pool);
    try {
      pool.advance(step.now);
      // One after another: each decision is charged before the next.
      int left = MOST_AT_ONCE;
      while (left > 0 && pool.ready.size() > 0 && placeNext(step, pool, shed)) {
        left--;
      }
      if (left == 0) {
        unfinished.add(model);
      }
    } finally {
      placing = false;
    }
  }

  /// The models of which more tasks may be placed at once; they are asked for once.
  List<String> unfinished() {
    List<String> models = List.copyOf(unfinished);
    unfinished.clear();
    return models;
  }

  /// Whether there are any.
  boolean isUnfinished() {
    return !unfinished.isEmpty();
  }

  private boolean placeNext(Transition step, ModelPool pool, Shedding shed) {
    TaskEntry task = pool.next();
    if (task == null) {
      return false;
    }
    GuardedPolicy policy = policyFor(pool, task);
    candidates.show(pool, task, policy.needsWholeFleet(), step.now);
    int index = policy.select(task, candidates, pool, random);
    switch (admission(pool, task, index, step.now)) {
      case ACCEPT -> assign(step, pool, policy, task, index);
      case DEMOTE -> step.raise(new Event.TaskDemoted(task.id));
      case SHED -> shed.shed(step, task);
    }
    return true;
  }

  private Admission admission(ModelPool pool, TaskEntry task, int index, long now) {
    if (!task.hasSlo() || task.demoted) {
      return Admission.ACCEPT;
    }
    double left = task.deadlineMs() - now / NANOS_PER_MS;
    double miss = candidates.missProbability(index, left);
    Admission admission = pool.policy().admit(task, pool, miss);
    return admission == Admission.SHED && !task.sheddable() ? Admission.DEMOTE : admission;
  }

  /// Charges the instance at once, so that the next decision sees it.
  private void assign(
      Transition step, ModelPool pool, GuardedPolicy policy, TaskEntry task, int index) {
    InstanceEntry instance = candidates.instance(index);
    decisions.record(pool, policy, task, candidates, index);
    step.raise(
        new Event.TaskPlaced(
            task.id,
            task.attempt + 1,
            instance.uuid(),
            policy.chooser(),
            policy.fellBack(),
            step.now));
    instance.assumeStarts(step.now);
    step.touch(instance);
    TaskSnapshot snapshot = task.snapshot();
    step.effect(
        new Effect.ShowTask(
            task.attempt == 1 ? TaskChange.SCHEDULED : TaskChange.RETRIED, snapshot));
    step.effect(
        new Effect.Dispatch(
            instance.uuid(), instance.connection.session, snapshot, task.remainingMs(step.now)));
  }

  /// A task may ask to be placed by another policy. When and in which order tasks are placed, and
  /// whether they are at all, stays with the one in force, so that nobody jumps the queue.
  private GuardedPolicy policyFor(ModelPool pool, TaskEntry task) {
    String wanted = task.traits.strategy();
    if (wanted.isEmpty() || wanted.equals(pool.policy().name())) {
      return pool.policy();
    }
    return overrides.computeIfAbsent(wanted, name -> new GuardedPolicy(policies.create(name)));
  }

  /// What becomes of a task that is not to be run.
  @FunctionalInterface
  interface Shedding {
    void shed(Transition step, TaskEntry task);
  }
}
