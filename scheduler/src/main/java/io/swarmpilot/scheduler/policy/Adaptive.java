package io.swarmpilot.scheduler.policy;

import com.google.common.collect.ImmutableMap;
import java.util.random.RandomGenerator;

/// Follows the state of its model: `priority` while urgent tasks are about, `slo_aware` under high
/// load with objectives to keep, `cost_optimized` under low load, else `slo_aware`. Tasks are
/// always ordered by priority, then arrival. Source: the seeds' `AdaptivePolicy`.
///
/// Load leads to another choice only once it has clearly left the range of the one in force, and at
/// the earliest some time after the last change; an urgent task counts at once.
public final class Adaptive implements Policy {
  private final LoadLevel level;
  private final Policy priority = new PriorityFirst();
  private final Policy sloAware;
  private final Policy costOptimized;

  /// @param settings of the choice and of the policies it falls on
  public Adaptive(PolicySettings settings) {
    this.level = new LoadLevel(settings);
    this.sloAware = new SloAware(settings);
    this.costOptimized = new CostOptimized(settings);
  }

  @Override
  public String name() {
    return "adaptive";
  }

  @Override
  public Admission admit(WaitingTask task, PoolView pool, double missProbability) {
    return delegate(rule(task, pool)).admit(task, pool, missProbability);
  }

  @Override
  public double score(WaitingTask task, Candidates candidates, int index, PoolView pool) {
    return delegate(rule(task, pool)).score(task, candidates, index, pool);
  }

  @Override
  public int select(
      WaitingTask task, Candidates candidates, PoolView pool, RandomGenerator random) {
    return delegate(rule(task, pool)).select(task, candidates, pool, random);
  }

  /// Only while it may save cost, for which the fastest instances are not enough.
  @Override
  public boolean needsWholeFleet() {
    return level.current() == LoadLevel.Level.LOW && costOptimized.needsWholeFleet();
  }

  /// What the policy in force at that moment says, with its name and why it was in force as notes.
  @Override
  public Explanation explain(WaitingTask task, Candidates candidates, int chosen, PoolView pool) {
    Rule rule = rule(task, pool, level.at(pool.nowMs()));
    Policy delegate = delegate(rule);
    Explanation said = delegate.explain(task, candidates, chosen, pool);
    ImmutableMap<String, String> notes =
        ImmutableMap.<String, String>builder()
            .putAll(said.notes())
            .put("adaptive_policy", delegate.name())
            .put("adaptive_reason", rule.reason)
            .buildOrThrow();
    return new Explanation(said.reason(), said.confidence(), said.cost(), notes);
  }

  private Rule rule(WaitingTask task, PoolView pool) {
    return rule(task, pool, level.follow(pool));
  }

  private static Rule rule(WaitingTask task, PoolView pool, LoadLevel.Level load) {
    if (task.priority().isUrgent() || pool.queuedUrgent() > 0) {
      return Rule.URGENT;
    }
    if (load == LoadLevel.Level.HIGH && (task.hasSlo() || pool.queuedWithSlo() > 0)) {
      return Rule.HIGH_LOAD;
    }
    return load == LoadLevel.Level.LOW ? Rule.LOW_LOAD : Rule.DEFAULT;
  }

  private Policy delegate(Rule rule) {
    return switch (rule) {
      case URGENT -> priority;
      case LOW_LOAD -> costOptimized;
      case HIGH_LOAD, DEFAULT -> sloAware;
    };
  }

  private enum Rule {
    URGENT("high priority requests detected"),
    HIGH_LOAD("SLO requests under high load"),
    LOW_LOAD("low load, optimizing for cost"),
    DEFAULT("default SLO-aware scheduling");

    private final String reason;

    Rule(String reason) {
      this.reason = reason;
    }
  }
}
