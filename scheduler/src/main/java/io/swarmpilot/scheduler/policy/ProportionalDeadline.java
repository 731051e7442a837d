package io.swarmpilot.scheduler.policy;

import com.google.common.collect.ImmutableMap;

/// Short tasks first, but none waits out of proportion to its size: every task has a virtual
/// deadline, its arrival plus c times its predicted execution time, and the earliest goes first. Of
/// what is predicted the harmonic mean counts: it is what a wait is in proportion to, and it lets a
/// task that may be short go before one that is surely as long as both are on average.
///
/// c is a dial between first come, first served (0) and shortest first (infinite). It follows the
/// queue as it is at every choice, because a long queue is where order matters and a short one
/// where a long task should have its turn, up to a bound. c shrinks with the measured skill of the
/// predictor, and a useless one leaves exactly first come, first served.
///
/// While the queue is long, a task that has waited three times its predicted time already makes
/// room, up to doubling its c: a little more delays it little, and keeps others from becoming late
/// too. So a task is overtaken only by tasks that arrive within twice the greatest c times its own
/// predicted time after it.
///
/// What can hardly meet its objective any more steps back, or is shed where that is allowed, so
/// that an overload does not make everything late. A task goes to the idle instance that completes
/// it first; among replicas that batch, to where it costs all tasks together least. Source: our
/// simulations on production traces, where this order cut the mean slowdown of a central queue to a
/// half (one workload) and to a third (two workloads mixed) at load 0.85.
public final class ProportionalDeadline implements Policy {
  /// Skill up to which predictions are not used: as much as chance may show.
  private static final double USELESS_SKILL = 0.1;

  /// Skill from which they are used in full. What is known of prompts alone has 0.7 where it works.
  private static final double FULL_SKILL = 0.5;

  /// With 64 classes in all, predicted times may differ 1,600-fold before any share one by chance.
  private static final int CLASSES_AN_OCTAVE = 6;

  /// Wait after which a task makes room, in predicted times.
  private static final double LATE = 3;

  /// Tasks queued a slot from which it makes room in full.
  private static final double LONG_QUEUE = 3;

  private final PolicySettings settings;

  /// With the dial and thresholds of these settings.
  public ProportionalDeadline(PolicySettings settings) {
    this.settings = settings;
  }

  @Override
  public String name() {
    return "proportional_deadline";
  }

  /// The virtual deadline at the c of an empty queue: within a class, where predicted times are
  /// nearly the same, any c sorts nearly alike.
  @Override
  public double order(WaitingTask task, PoolView pool) {
    return deadline(task, trust(pool.predictorSkill()) * settings.orderBase());
  }

  /// Predicted times that are nearly the same form a class; so do those 1,600 times as long.
  @Override
  public int orderClass(WaitingTask task) {
    double octaves = Math.log(size(task)) / Math.log(2);
    return (int) Math.floor(CLASSES_AN_OCTAVE * octaves);
  }

  /// The earliest virtual deadline at the c of this moment goes first.
  @Override
  public double urgency(WaitingTask head, PoolView pool) {
    return -deadline(head, pool);
  }

  @Override
  public Admission admit(WaitingTask task, PoolView pool, double missProbability) {
    return Objectives.admission(task, missProbability, settings);
  }

  @Override
  public double score(WaitingTask task, Candidates candidates, int index, PoolView pool) {
    return candidates.slots(index) > 1
        ? BatchingCost.of(task, candidates, index)
        : Completion.mean(candidates, index);
  }

  /// Notes c, the predictor's skill and the virtual deadline as they were at the choice.
  @Override
  public Explanation explain(WaitingTask task, Candidates candidates, int chosen, PoolView pool) {
    ImmutableMap.Builder<String, String> notes = ImmutableMap.builder();
    notes.put("c", Double.toString(c(pool)));
    notes.put("predictor_skill", Double.toString(pool.predictorSkill()));
    notes.put("virtual_deadline_ms", Double.toString(deadline(task, pool)));
    notes.put("cached_blocks", Integer.toString(candidates.cachedBlocks(chosen)));
    String reason =
        candidates.slots(chosen) > 1
            ? "least expected completion plus delay of the tasks that run there"
            : "expected to complete first";
    double chance = Objectives.chance(task, candidates, chosen, pool);
    return new Explanation(name() + ": " + reason, chance, 0, notes.buildOrThrow());
  }

  private static double deadline(WaitingTask task, double c) {
    return task.arrivalMs() + c * size(task);
  }

  private double deadline(WaitingTask task, PoolView pool) {
    double late = LATE * task.executionTime().mean();
    boolean makesRoom = pool.nowMs() - task.arrivalMs() > late;
    return deadline(task, makesRoom ? c(pool) * (1 + room(pool)) : c(pool));
  }

  /// 0 while the queue is empty, 1 while it is long.
  private static double room(PoolView pool) {
    return Math.min(1, fourthPower(queuedPerSlot(pool) / LONG_QUEUE));
  }

  private static double size(WaitingTask task) {
    return task.executionTime().harmonicMean();
  }

  /// c now: what the queue asks for, as far as predictions deserve it.
  private double c(PoolView pool) {
    double wanted =
        settings.orderBase() + settings.orderGrowth() * fourthPower(queuedPerSlot(pool));
    return trust(pool.predictorSkill()) * Math.min(settings.orderMost(), wanted);
  }

  private static double queuedPerSlot(PoolView pool) {
    return (double) pool.queued() / Math.max(1, pool.slots());
  }

  private static double fourthPower(double number) {
    double square = number * number;
    return square * square;
  }

  /// 0 for a useless predictor and an unknown skill, 1 for a good one, in proportion in between.
  private static double trust(double skill) {
    return skill > USELESS_SKILL
        ? Math.min(1, (skill - USELESS_SKILL) / (FULL_SKILL - USELESS_SKILL))
        : 0;
  }
}
