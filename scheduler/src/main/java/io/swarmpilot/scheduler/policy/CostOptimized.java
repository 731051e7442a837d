package io.swarmpilot.scheduler.policy;

import com.google.common.collect.ImmutableMap;
import java.util.Locale;
import java.util.random.RandomGenerator;

/// The instance on which the task costs least. The more urgent priority goes first, within one the
/// smaller budget. Source: the seeds' `CostOptimizedPolicy`.
///
/// A task costs `price × GPUs / 3600 × seconds`, with `seconds = tokens / (tokens a second)` and
/// 100 tokens where the task does not say. The speed of a new instance is unknown; taking it to
/// need the seeds' one second would make it the cheapest for every longer task. It is taken to be
/// as fast for its GPUs as those last seen whose speed is known, and only while none is, to need
/// one second.
///
/// Where hardware has prices of its own, a task costs the price of the instance's GPUs for the time
/// that it is predicted to take there: what is cheap an hour may be dear a task.
///
/// Where a greatest probability to miss is set, tasks with an objective take the cheapest of the
/// instances that keep to it, if any does.
public final class CostOptimized implements Policy {
  private static final int TOKENS_UNLESS_SAID = 100;
  private static final double SECONDS_UNLESS_KNOWN = 1;
  private static final double SECONDS_AN_HOUR = 3600;
  private static final double MS_A_SECOND = 1000;

  private final GpuPrices prices;
  private final double mostMissProbability;
  private final Policy withinReach = new WithinReach();
  private double speedPerGpu;

  /// @param settings tell the prices and the greatest probability to miss
  public CostOptimized(PolicySettings settings) {
    this.prices = settings.prices();
    this.mostMissProbability = settings.costMissProbability();
  }

  @Override
  public String name() {
    return "cost_optimized";
  }

  /// The budget alone; a task without one, or with 0, goes last. Equal ones go in order of
  /// submission, so that no second key needs to be packed into this one.
  @Override
  public double order(WaitingTask task, PoolView pool) {
    double budget = task.costBudget();
    return budget > 0 ? budget : Double.POSITIVE_INFINITY;
  }

  @Override
  public double score(WaitingTask task, Candidates candidates, int index, PoolView pool) {
    int gpus = Math.max(1, candidates.gpus(index));
    double price = prices.perHour(candidates.hardware(index));
    return price * gpus / SECONDS_AN_HOUR * seconds(task, candidates, index);
  }

  @Override
  public int select(
      WaitingTask task, Candidates candidates, PoolView pool, RandomGenerator random) {
    learnSpeed(candidates);
    if (limitsMisses(task)) {
      int chosen = LeastScore.of(withinReach, task, candidates, pool);
      if (isWithinReach(task, candidates, chosen, pool)) {
        return chosen;
      }
    }
    return LeastScore.of(this, task, candidates, pool);
  }

  /// The cheapest instance is seldom among those that would be done first.
  @Override
  public boolean needsWholeFleet() {
    return true;
  }

  @Override
  public Explanation explain(WaitingTask task, Candidates candidates, int chosen, PoolView pool) {
    double cost = score(task, candidates, chosen, pool);
    boolean kept = limitsMisses(task) && isWithinReach(task, candidates, chosen, pool);
    String choice = kept ? "cheapest instance in time" : "cheapest instance";
    return new Explanation(
        String.format(Locale.ROOT, "cost: $%.4f: %s", cost, choice), 1, cost, ImmutableMap.of());
  }

  private boolean limitsMisses(WaitingTask task) {
    return task.hasSlo() && mostMissProbability < 1;
  }

  private double seconds(WaitingTask task, Candidates candidates, int index) {
    if (prices.differ()) {
      return candidates.executionMean(index) / MS_A_SECOND;
    }
    int gpus = Math.max(1, candidates.gpus(index));
    double known = candidates.tokensPerSecond(index);
    double speed = known > 0 ? known : speedPerGpu * gpus;
    int tokens = task.maxTokens() > 0 ? task.maxTokens() : TOKENS_UNLESS_SAID;
    return speed > 0 ? tokens / speed : SECONDS_UNLESS_KNOWN;
  }

  private void learnSpeed(Candidates candidates) {
    double sum = 0;
    int known = 0;
    for (int i = 0; i < candidates.size(); i++) {
      double speed = candidates.tokensPerSecond(i);
      if (speed > 0) {
        sum += speed / Math.max(1, candidates.gpus(i));
        known++;
      }
    }
    if (known > 0) {
      speedPerGpu = sum / known;
    }
  }

  private boolean isWithinReach(WaitingTask task, Candidates candidates, int index, PoolView pool) {
    double left = task.deadlineMs() - pool.nowMs();
    return candidates.missProbability(index, left) <= mostMissProbability;
  }

  /// The same, but for instances on which the task would likely be late.
  private final class WithinReach implements Policy {
    @Override
    public String name() {
      return CostOptimized.this.name();
    }

    @Override
    public double score(WaitingTask task, Candidates candidates, int index, PoolView pool) {
      return isWithinReach(task, candidates, index, pool)
          ? CostOptimized.this.score(task, candidates, index, pool)
          : Double.POSITIVE_INFINITY;
    }
  }
}
