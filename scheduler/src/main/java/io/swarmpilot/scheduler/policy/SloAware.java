package io.swarmpilot.scheduler.policy;

import com.google.common.collect.ImmutableMap;
import java.util.Locale;

/// The task that has used up the greatest share of its time first, whatever its priority; past a
/// threshold it takes the fastest instance, before that the least loaded one. Source: the seeds'
/// `SLOAwarePolicy`.
///
/// Other than there, a task past its deadline does not go first but steps back: nothing can be won
/// for it, while fresh ones can still be on time. Tasks without an objective come after those with
/// one. No prediction is needed.
///
/// Shares of time grow at different speeds, so no fixed key sorts them; among tasks with the same
/// objective, though, the earlier one is always ahead. Objectives are therefore sorted into
/// classes, 12 a decade from 10 ms to 1,000 s, each in order of deadline, and only the heads are
/// compared. The order is exact where the tasks of a class have the same objective. Otherwise a
/// task of urgency u may be placed before one of up to `u + 0.18 × (1 - u)`: the nearer the
/// deadline, the more exact.
public final class SloAware implements Policy {
  private static final int CLASSES_A_DECADE = 12;
  private static final double LEAST_CLASS_MS = 10;
  private static final int LAST_CLASS = 61;
  private static final int NO_OBJECTIVE = 62;

  private final double threshold;

  /// @param settings tell the threshold of urgency
  public SloAware(PolicySettings settings) {
    this.threshold = settings.urgencyThreshold();
  }

  @Override
  public String name() {
    return "slo_aware";
  }

  @Override
  public int band(WaitingTask task) {
    return 0;
  }

  /// Users are not balanced: the deadlines decide.
  @Override
  public boolean sharesFairly() {
    return false;
  }

  @Override
  public double order(WaitingTask task, PoolView pool) {
    return task.hasSlo() ? task.deadlineMs() : task.arrivalMs();
  }

  @Override
  public int orderClass(WaitingTask task) {
    if (!task.hasSlo()) {
      return NO_OBJECTIVE;
    }
    double steps = CLASSES_A_DECADE * Math.log10(task.sloMs() / LEAST_CLASS_MS);
    return Math.clamp((long) Math.ceil(steps), 0, LAST_CLASS);
  }

  @Override
  public double urgency(WaitingTask head, PoolView pool) {
    return head.hasSlo() ? urgency(head, pool.nowMs()) : -1;
  }

  @Override
  public Admission admit(WaitingTask task, PoolView pool, double missProbability) {
    return urgency(task, pool.nowMs()) < 1 ? Admission.ACCEPT : Admission.DEMOTE;
  }

  @Override
  public double score(WaitingTask task, Candidates candidates, int index, PoolView pool) {
    return isUrgent(task, pool) ? candidates.latencyMean(index) : candidates.load(index);
  }

  @Override
  public Explanation explain(WaitingTask task, Candidates candidates, int chosen, PoolView pool) {
    double urgency = urgency(task, pool.nowMs());
    String choice = isUrgent(task, pool) ? "fastest instance" : "least loaded instance";
    return new Explanation(
        String.format(Locale.ROOT, "SLO-aware (urgency: %.2f): %s", urgency, choice),
        1 - urgency,
        0,
        ImmutableMap.of());
  }

  /// Share of a task's time that is used up, 0 to 1: 0 without an objective, 1 from its deadline
  /// on.
  static double urgency(WaitingTask task, double nowMs) {
    return task.hasSlo() ? Math.clamp((nowMs - task.arrivalMs()) / task.sloMs(), 0, 1) : 0;
  }

  private boolean isUrgent(WaitingTask task, PoolView pool) {
    return urgency(task, pool.nowMs()) > threshold;
  }
}
