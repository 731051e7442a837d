package io.swarmpilot.scheduler.forecast;

/// How long a task waits in the central queue of a model before it starts, from what is queued
/// ahead of it and what runs on the slots of all instances. For the default answer of a submit, for
/// Retry-After, and for admission.
///
/// Everything is kept in sums, so that an answer costs the same at any number of tasks and
/// instances and allocates nothing: tasks are added and taken out as they come, start and end
/// ([#add], [#remove], [#addBusy], [#removeBusy]). Of running tasks no residual is summed, for it
/// changes with every moment; each is taken to be met at a random moment of its execution, which
/// long queues make true. Where the tasks' ages lie closer together than that, as after a burst on
/// idle instances and always with a single slot, the residual at their mean age counts instead.
///
/// With L slots, k tasks ahead, mean time m, and mean residual life ℓ = E S² / 2 E S, the wait is
/// `(k m + ℓ') / L`, where ℓ' lies between ℓ of one slot and m of very many, whose ends come like a
/// Poisson process. Its variance is that of the renewals of L slots: as Poisson for few ends, `c² k
/// m² / L²` for many. Every execution is taken to be as much slower than predicted as executions
/// were lately; that covers instances slower than the kind the prediction is for.
///
/// Against plays of the queue it is within 6 % of the wait, give or take a third of the time
/// between two ends; after a burst within 5 %, give or take a fifth of an execution, and a third
/// while fewer tasks of very mixed length are queued than slots run.
///
/// Time is passed in as monotonic nanoseconds. For one thread.
public final class PoolForecast {
  /// Correlation assumed between executions on different instances before any was seen.
  private static final double PRIOR_CORRELATION = 0.02;

  /// Spread of the ages of tasks met at random moments, as a share of their mean age, when all take
  /// equally long; it is more when they do not.
  private static final double LEAST_SPREAD = 1 / Math.sqrt(3);

  private final TaskSums waiting = new TaskSums();
  private final BusySums running = new BusySums();
  private final MomentSums residual = new MomentSums();
  private final SlowdownEstimate slowdown;
  private ExecutionTime typical = ExecutionTime.of(0, 0);

  /// An empty pool.
  public PoolForecast() {
    this(PRIOR_CORRELATION);
  }

  PoolForecast(double priorCorrelation) {
    slowdown = new SlowdownEstimate(priorCorrelation);
  }

  /// Adds a task to the queue.
  public void add(ExecutionTime time) {
    waiting.add(time);
  }

  /// Takes a task out of the queue that was added with the same prediction.
  public void remove(ExecutionTime time) {
    waiting.remove(time);
  }

  /// Notes that a task began to execute, once for each. A task that was given to an instance and
  /// has not begun may be noted as well, as begun when it was given: the slot is not free.
  public void addBusy(ExecutionTime time, long startedNanos) {
    running.add(time, startedNanos);
    typical = time;
  }

  /// Notes that a task that was noted with the same prediction and start does not execute any more.
  public void removeBusy(ExecutionTime time, long startedNanos) {
    running.remove(time, startedNanos);
  }

  /// Forgets all tasks, so that they can be added anew; what was learned of the slowdown stays.
  public void clear() {
    waiting.clear();
    running.clear();
  }

  /// Tasks queued.
  public int queued() {
    return waiting.count();
  }

  /// Tasks that execute.
  public int busy() {
    return running.count();
  }

  /// Learns how long an execution took that ended well.
  ///
  /// @param predicted what was expected of it when it was queued
  public void completed(ExecutionTime predicted, double actualMs) {
    slowdown.completed(predicted, actualMs);
  }

  /// How much longer than predicted executions take lately, 0.2 to 20; 1 at first.
  public double slowdown() {
    return slowdown.slowdown();
  }

  /// Expected time until a new task at the end of the queue starts, ms; 0 while fewer are queued
  /// than slots are free, +∞ without any slot.
  ///
  /// @param slots tasks that can run at the same moment, over all instances that serve
  public double waitMean(int slots, long nowNanos) {
    return waitMean(queued(), slots, nowNanos);
  }

  /// Expected time until a task starts that has as many tasks ahead of it, ms.
  ///
  /// @param ahead tasks that start before it, each as long as those queued on average
  public double waitMean(int ahead, int slots, long nowNanos) {
    if (slots <= 0) {
      return Double.POSITIVE_INFINITY;
    }
    int freed = ahead - Math.max(0, slots - busy());
    if (freed < 0) {
      return 0;
    }
    double steady = steady(freed, slots);
    double together = together();
    double wait =
        together > 0
            ? steady + together * (burst(freed, slots, steady, nowNanos) - steady)
            : steady;
    return Math.max(0, slowdown() * wait);
  }

  /// Variance of that time, ms².
  public double waitVariance(int ahead, int slots, long nowNanos) {
    double wait = waitMean(ahead, slots, nowNanos);
    if (wait == 0 || wait == Double.POSITIVE_INFINITY) {
      return wait;
    }
    int freed = ahead - Math.max(0, slots - busy());
    double cycles = (freed + 1.0) / slots;
    double task = slowdown() * taskMean(share(freed, slots));
    double wider = slowdown.scatter();
    double relative = wider * wider * relativeVariance();
    double renewals = cycles * (1 + 6 * cycles * relative) / (1 + 6 * cycles);
    double deviation = waiting.mean() > 0 ? wider * waiting.deviation() / waiting.mean() : 0;
    return CommonError.variance(
        slowdown.correlation(), task * task * renewals / slots, wait * deviation);
  }

  /// Third central moment of that time, ms³: that of a gamma distribution.
  public double waitThird(int ahead, int slots, long nowNanos) {
    double wait = waitMean(ahead, slots, nowNanos);
    if (wait == 0 || wait == Double.POSITIVE_INFINITY) {
      return wait;
    }
    double variance = waitVariance(ahead, slots, nowNanos);
    return 2 * variance * variance / wait;
  }

  /// The wait where each slot is met at a random moment of an execution.
  private double steady(int freed, int slots) {
    double share = share(freed, slots);
    double mean = taskMean(share);
    double own = queuedLife();
    double busy = busyLife();
    double life = busy + share * (own - busy);
    double last = life + (mean - life) * (slots - 1) / (slots + 1);
    return (freed * mean + last) / slots + share * (busy - own);
  }

  /// The wait where all slots began at once: the k-th of them to end, and once each has ended the
  /// steady state, later by what their rest takes longer than that of others.
  private double burst(int freed, int slots, double steady, long nowNanos) {
    double age = running.elapsed(nowNanos) / slowdown();
    double ends = (freed + 1.0) / slots;
    if (freed >= slots) {
      double times = running.mean() / typical.mean();
      residual.clear();
      typical.addResidual(age / times, times, residual);
      double later = residual.mean() - running.residualLife();
      // Very long executions show only in the long run.
      return steady + (later > 0 ? later : later * ends / (ends + 2));
    }
    double variation = typical.error() / typical.mean();
    double ended = (freed + 1.0) / (slots + 1);
    // Slots that end early end again before others have: at the rate of a Poisson process where
    // times are exponential, not at all where they are all the same.
    double again = Math.min(1, variation * variation) * (ended - 1 + Math.exp(-ends));
    double times = running.harmonicMean() / typical.mean();
    return times * typical.residualQuantile(age / times, ended - again);
  }

  /// How far the running tasks are from being met at random moments: 0 when they are, 1 when all
  /// began at once.
  private double together() {
    if (busy() == 0 || typical.mean() <= 0) {
      return 0;
    }
    double spread = running.elapsedError() / slowdown();
    double share = Math.max(0, 1 - spread / (LEAST_SPREAD * running.residualLife()));
    return share * share;
  }

  /// Share of the tasks in service at the end of the wait that are queued now.
  private static double share(int freed, int slots) {
    return Math.min(1, (double) freed / slots);
  }

  /// Mean time between a slot's ends, where so much of what ends is queued now.
  private double taskMean(double share) {
    double queued = queued() > 0 ? waiting.mean() / queued() : 0;
    double busy = busy() > 0 ? running.harmonicMean() : queued;
    return busy + share * ((queued() > 0 ? queued : busy) - busy);
  }

  private double busyLife() {
    return busy() > 0 ? running.residualLife() : waiting.residualLife();
  }

  private double queuedLife() {
    return queued() > 0 ? waiting.residualLife() : busyLife();
  }

  /// Squared coefficient of variation of a task whose prediction is known.
  private double relativeVariance() {
    if (queued() > 0 && waiting.mean() > 0) {
      return waiting.variance() * queued() / (waiting.mean() * waiting.mean());
    }
    double variation = typical.mean() > 0 ? typical.error() / typical.mean() : 0;
    return variation * variation;
  }
}
