package io.swarmpilot.scheduler.policy;

import com.google.common.collect.ImmutableMap;
import io.swarmpilot.scheduler.forecast.GittinsIndex;
import java.util.random.RandomGenerator;

/// Guards objectives by the probability to miss them.
///
/// Of the candidates with the least expected completion it looks at those where the task misses
/// with at most ε, and takes the fullest, so that emptier ones are left for tasks that need them;
/// where none is that good, the one where it misses least probably. A task without objective goes
/// where it is expected to be completed first.
///
/// The order is that of deadlines. A task without objective has a virtual one, its arrival plus ten
/// times its [GittinsIndex]: it is overtaken only by tasks that arrive within that time, and
/// shorter ones without objective go before longer ones.
///
/// Tasks that may be shed are shed with a probability that rises smoothly with that of a miss, from
/// a threshold that is lower for lower priorities; others step back when hopeless.
public final class SloProbability implements FirstCompletion {
  private static final double INDEX_WEIGHT = 10;

  /// Multiples of the golden ratio, without their whole part, are spread evenly: they serve as
  /// draws that are the same whenever the task is asked about.
  private static final double GOLDEN_RATIO = (Math.sqrt(5) - 1) / 2;

  private final Shortlist shortlist = new Shortlist();
  private final PolicySettings settings;

  /// With the thresholds of these settings.
  public SloProbability(PolicySettings settings) {
    this.settings = settings;
  }

  @Override
  public String name() {
    return "slo_probability";
  }

  /// When the task is due, ms.
  @Override
  public double order(WaitingTask task, PoolView pool) {
    return task.hasSlo()
        ? task.deadlineMs()
        : task.arrivalMs() + INDEX_WEIGHT * GittinsIndex.of(task.executionTime());
  }

  @Override
  public Admission admit(WaitingTask task, PoolView pool, double missProbability) {
    if (task.sheddable() && settings.shed() && draw(task) < shedShare(task, missProbability)) {
      return Admission.SHED;
    }
    return Objectives.isHopeless(missProbability, settings) ? Admission.DEMOTE : Admission.ACCEPT;
  }

  @Override
  public int select(
      WaitingTask task, Candidates candidates, PoolView pool, RandomGenerator random) {
    if (!task.hasSlo()) {
      return LeastScore.of(this, task, candidates, pool);
    }
    shortlist.pick(candidates);
    int best = shortlist.at(0);
    double left = task.deadlineMs() - pool.nowMs();
    double bestMiss = miss(candidates, best, left);
    for (int place = 1; place < shortlist.size(); place++) {
      int index = shortlist.at(place);
      double miss = miss(candidates, index, left);
      if (suitsBetter(candidates, index, miss, best, bestMiss)) {
        best = index;
        bestMiss = miss;
      }
    }
    return best;
  }

  @Override
  public Explanation explain(WaitingTask task, Candidates candidates, int chosen, PoolView pool) {
    if (!task.hasSlo()) {
      return Explanation.of("slo_probability: no objective, expected to complete first");
    }
    double miss = miss(candidates, chosen, task.deadlineMs() - pool.nowMs());
    String reason =
        miss <= settings.missTolerance()
            ? "slo_probability: fullest instance that meets the objective surely enough"
            : "slo_probability: least probable miss";
    double confidence = Objectives.chance(task, candidates, chosen, pool);
    return new Explanation(reason, confidence, 0, ImmutableMap.of("p_miss", Double.toString(miss)));
  }

  private boolean suitsBetter(
      Candidates candidates, int index, double miss, int best, double bestMiss) {
    boolean isGood = miss <= settings.missTolerance();
    if (isGood != bestMiss <= settings.missTolerance()) {
      return isGood;
    }
    if (isGood && fullness(candidates, index) != fullness(candidates, best)) {
      return fullness(candidates, index) > fullness(candidates, best);
    }
    return miss < bestMiss;
  }

  /// Unknown counts as emptiest: to be taken for fullest would draw tasks.
  private static double fullness(Candidates candidates, int index) {
    double load = candidates.load(index);
    return Double.isNaN(load) ? -1 : load;
  }

  private static double miss(Candidates candidates, int index, double left) {
    return Rotation.orInfinity(candidates.missProbability(index, left));
  }

  /// Share of such tasks to shed: none up to the threshold of its priority, all when the miss is
  /// sure, in proportion in between. NORMAL starts where a task becomes hopeless; with the default
  /// of 0.7 the priorities start at 0.9, 0.8, 0.7, 0.6 and 0.5.
  private double shedShare(WaitingTask task, double missProbability) {
    double patience = settings.demoteBelow() * (band(task) + 1) / 3;
    double threshold = Math.max(0, 1 - patience);
    return (missProbability - threshold) / (1 - threshold);
  }

  private static double draw(WaitingTask task) {
    double turns = task.sequence() * GOLDEN_RATIO;
    return turns - Math.floor(turns);
  }
}
