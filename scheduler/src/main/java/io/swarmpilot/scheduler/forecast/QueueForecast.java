package io.swarmpilot.scheduler.forecast;

import org.jspecify.annotations.Nullable;

/// How long a new task would wait at one instance before it starts, from the tasks it holds: the
/// running ones by what remains of them given how long they have run, the waiting ones in order, on
/// as many slots as it has, all of them as much slower than predicted as executions there were
/// lately.
///
/// The wait is known by three moments. Errors of predictions are correlated where an instance is
/// slow for all of its tasks: with correlation ρ the variance of the work ahead is `(1-ρ) Σs² + ρ
/// (Σs)²`, the standard deviations s widened by as much as executions scattered more than
/// predicted.
///
/// Exactly zero while a slot is free. Otherwise computed anew when the tasks changed or enough time
/// has passed, and in between moved on by the clock: asking a thousand instances recomputes few,
/// and allocates nothing. Time is passed in as monotonic nanoseconds. For one thread.
public final class QueueForecast {
  private static final double NANOS_PER_MS = 1e6;
  private static final double FRESH_SHARE = 1.0 / 16;
  private static final double LEAST_FRESH_MS = 1;
  private static final double MOST_FRESH_MS = 50;

  private final AssignmentList running = new AssignmentList();
  private final AssignmentList waiting = new AssignmentList();
  private final MomentSums ahead = new MomentSums();
  private final SlowdownEstimate slowdown;
  // Made when an instance with several slots is full for the first time.
  private @Nullable Scenarios scenarios;
  private int slots = 1;
  private boolean changed;
  private long computedNanos;
  private double mean;
  private double variance;
  private double third;

  /// An empty forecast of an instance with one slot.
  public QueueForecast() {
    this(SlowdownEstimate.PRIOR_CORRELATION);
  }

  QueueForecast(double priorCorrelation) {
    slowdown = new SlowdownEstimate(priorCorrelation);
  }

  /// Sets how many tasks can run at the same moment, at least 1.
  public void slots(int count) {
    slots = Math.max(1, count);
    changed = true;
  }

  /// Tasks held.
  public int size() {
    return running.size() + waiting.size();
  }

  /// Adds a task at the end of the queue. What is predicted of it does not include the slowdown.
  public Assignment add(ExecutionTime time) {
    Assignment assignment = new Assignment(time);
    waiting.append(assignment);
    changed = true;
    return assignment;
  }

  /// Notes that a task began to execute.
  public void start(Assignment assignment, long startedNanos) {
    AssignmentList list = assignment.list;
    if (list == waiting) {
      waiting.remove(assignment);
      assignment.startedNanos = startedNanos;
      running.append(assignment);
      changed = true;
    }
  }

  /// Notes that tasks began to execute on every free slot, in order: for an instance that does not
  /// tell when.
  public void startWaiting(long nowNanos) {
    for (Assignment next = waiting.first();
        next != null && running.size() < slots;
        next = waiting.first()) {
      start(next, nowNanos);
    }
  }

  /// Takes a task out, wherever it is; what it added is gone with it.
  public void remove(Assignment assignment) {
    AssignmentList list = assignment.list;
    if (list != null) {
      list.remove(assignment);
      changed = true;
    }
  }

  /// Learns how long an execution took that ended well.
  ///
  /// @param predicted what was expected of it, the slowdown not included
  public void completed(ExecutionTime predicted, double actualMs) {
    slowdown.completed(predicted, actualMs);
    changed = true;
  }

  /// How much longer than predicted executions take here lately, 0.2 to 20; 1 at first. Waits
  /// include it; what is expected of a task that is yet to be assigned is to be multiplied by it.
  public double slowdown() {
    return slowdown.slowdown();
  }

  /// Time until a new task would start, ms.
  public Moments waitingTime(long nowNanos) {
    return hasFreeSlot()
        ? Moments.ZERO
        : new Moments(waitMean(nowNanos), waitVariance(nowNanos), waitThird(nowNanos));
  }

  /// Expected time until a new task would start, ms; exactly 0 while a slot is free.
  public double waitMean(long nowNanos) {
    if (hasFreeSlot()) {
      return 0;
    }
    refresh(nowNanos);
    double age = Math.max(0, nowNanos - computedNanos) / NANOS_PER_MS;
    return known(Math.max(mean * FRESH_SHARE, mean - age));
  }

  /// Variance of that time, ms².
  public double waitVariance(long nowNanos) {
    if (hasFreeSlot()) {
      return 0;
    }
    refresh(nowNanos);
    return known(variance);
  }

  /// Standard deviation of that time, ms.
  public double waitError(long nowNanos) {
    return Math.sqrt(waitVariance(nowNanos));
  }

  /// Third central moment of that time, ms³.
  public double waitThird(long nowNanos) {
    if (hasFreeSlot()) {
      return 0;
    }
    refresh(nowNanos);
    return known(third);
  }

  private boolean hasFreeSlot() {
    return size() < slots;
  }

  private static double known(double value) {
    return Double.isNaN(value) ? Double.POSITIVE_INFINITY : value;
  }

  private void refresh(long nowNanos) {
    if (changed || (nowNanos - computedNanos) / NANOS_PER_MS > freshFor()) {
      compute(nowNanos);
      computedNanos = nowNanos;
      changed = false;
    }
  }

  private double freshFor() {
    return Math.clamp(mean * FRESH_SHARE, LEAST_FRESH_MS, MOST_FRESH_MS);
  }

  private void compute(long nowNanos) {
    sumAhead(nowNanos);
    if (slots == 1 && running.size() <= 1) {
      set(ahead.mean(), ahead.variance(), ahead.third());
    } else if (size() <= Scenarios.MOST_TASKS) {
      simulate(nowNanos);
    } else {
      spread();
    }
  }

  /// Everything that is to be done before a new task. Of very many running tasks each of a few
  /// stands for some others, which bounds the effort.
  private void sumAhead(long nowNanos) {
    double slower = slowdown();
    int count = running.size();
    int step = (count + Scenarios.MOST_TASKS - 1) / Scenarios.MOST_TASKS;
    int index = 0;
    int taken = 0;
    ahead.clear();
    for (Assignment a = running.first(); a != null; a = a.next) {
      if (index++ % step == 0) {
        a.time.addResidual(elapsed(a, nowNanos), slower, ahead);
        taken++;
      }
    }
    if (taken < count) {
      ahead.multiply((double) count / taken);
    }
    ahead.add(slower, waiting.sums());
  }

  /// Few tasks on several slots: play a set of scenarios through, each slot freed in turn.
  private void simulate(long nowNanos) {
    Scenarios played = scenarios;
    if (played == null) {
      played = new Scenarios();
      scenarios = played;
    }
    double slower = slowdown();
    played.begin(slots, running.size());
    for (Assignment a = running.first(); a != null; a = a.next) {
      played.run(a.time, elapsed(a, nowNanos), slower);
    }
    for (Assignment a = waiting.first(); a != null; a = a.next) {
      played.queue(a.time, slower);
    }
    played.end();
    set(played.mean(), played.variance(), played.third());
  }

  /// Many tasks on several slots: when the first slot frees after everything ahead has started, the
  /// others are each somewhere within a task, the mean residual life away from its end.
  private void spread() {
    int lanes = Math.max(slots, running.size());
    TaskSums typical = waiting.size() > 0 ? waiting.sums() : running.sums();
    double life = slowdown() * typical.residualLife();
    double others = lanes - 1;
    set(
        Math.max(0, (ahead.mean() - others * life) / lanes),
        Math.max(0, (ahead.variance() - others * life * life) / lanes / lanes),
        ahead.third() / lanes / lanes / lanes);
  }

  /// Takes the moments of the wait as they are when all errors are as predicted and independent,
  /// widens them as executions scatter, and adds what the tasks ahead have in common.
  private void set(double waitMean, double waitVariance, double waitThird) {
    double wider = slowdown.scatter();
    double common = ahead.mean() > 0 ? wider * waitMean * ahead.deviation() / ahead.mean() : 0;
    double own = wider * wider * waitVariance;
    double skewed = wider * wider * wider * waitThird;
    double correlation = slowdown.correlation();
    mean = waitMean;
    variance = CommonError.variance(correlation, own, common);
    third = CommonError.third(correlation, waitMean, own, skewed, common);
  }

  private static double elapsed(Assignment assignment, long nowNanos) {
    return Math.max(0, (nowNanos - assignment.startedNanos) / NANOS_PER_MS);
  }
}
