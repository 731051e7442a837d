package io.swarmpilot.scheduler.forecast;

/// How long a new task would wait at one instance before it starts, from the tasks it holds: the
/// running ones by what remains of them given how long they have run, the waiting ones in order, on
/// as many slots as it has.
///
/// Exactly zero while a slot is free. Otherwise computed anew when the tasks changed or enough time
/// has passed, and in between moved on by the clock: asking a thousand instances recomputes few.
/// Time is passed in as monotonic nanoseconds.
public final class QueueForecast {
  private static final double NANOS_PER_MS = 1e6;
  private static final double FRESH_SHARE = 1.0 / 16;
  private static final double LEAST_FRESH_MS = 1;
  private static final double MOST_FRESH_MS = 50;

  private final AssignmentList running = new AssignmentList();
  private final AssignmentList waiting = new AssignmentList();
  private int slots = 1;
  private boolean changed;
  private long computedNanos;
  private Moments computed = Moments.ZERO;

  /// Sets how many tasks can run at the same moment, at least 1.
  public void slots(int count) {
    slots = Math.max(1, count);
    changed = true;
  }

  /// Tasks held.
  public int size() {
    return running.size() + waiting.size();
  }

  /// Adds a task at the end of the queue.
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

  /// Time until a new task would start, ms.
  public Moments waitingTime(long nowNanos) {
    if (size() < slots) {
      return Moments.ZERO;
    }
    double age = (nowNanos - computedNanos) / NANOS_PER_MS;
    if (changed || age > freshFor()) {
      computed = compute(nowNanos);
      computedNanos = nowNanos;
      changed = false;
      return computed;
    }
    return age == 0
        ? computed
        : new Moments(Math.max(0, computed.mean() - age), computed.variance());
  }

  private double freshFor() {
    return Math.clamp(computed.mean() * FRESH_SHARE, LEAST_FRESH_MS, MOST_FRESH_MS);
  }

  private Moments compute(long nowNanos) {
    if (slots == 1 && running.size() <= 1) {
      return oneAfterAnother(nowNanos);
    }
    return size() <= Scenarios.MOST_TASKS ? simulate(nowNanos) : spread(nowNanos);
  }

  /// One slot: everything ahead, exactly.
  private Moments oneAfterAnother(long nowNanos) {
    double mean = waiting.mean();
    double variance = waiting.variance();
    Assignment current = running.first();
    if (current != null) {
      Moments rest = residual(current, nowNanos);
      mean += rest.mean();
      variance += rest.variance();
    }
    return new Moments(mean, variance);
  }

  /// Few tasks on several slots: play a set of scenarios through, each slot freed in turn.
  private Moments simulate(long nowNanos) {
    Scenarios scenarios = new Scenarios(slots, running.size());
    for (Assignment a = running.first(); a != null; a = a.next) {
      scenarios.run(a.time, elapsed(a, nowNanos));
    }
    for (Assignment a = waiting.first(); a != null; a = a.next) {
      scenarios.queue(a.time);
    }
    return scenarios.firstFree();
  }

  /// Many tasks on several slots: when the first slot frees after everything ahead has started, the
  /// others are each somewhere within a task, the mean residual life away from its end.
  private Moments spread(long nowNanos) {
    double mean = waiting.mean();
    double variance = waiting.variance();
    for (Assignment a = running.first(); a != null; a = a.next) {
      Moments rest = residual(a, nowNanos);
      mean += rest.mean();
      variance += rest.variance();
    }
    int lanes = Math.max(slots, running.size());
    AssignmentList typical = waiting.size() > 0 ? waiting : running;
    double life = typical.mean() > 0 ? typical.square() / (2 * typical.mean()) : 0;
    return new Moments(
        Math.max(0, (mean - (lanes - 1) * life) / lanes),
        Math.max(0, (variance - (lanes - 1) * life * life) / lanes / lanes));
  }

  private static Moments residual(Assignment assignment, long nowNanos) {
    return assignment.time.residual(elapsed(assignment, nowNanos));
  }

  private static double elapsed(Assignment assignment, long nowNanos) {
    return Math.max(0, (nowNanos - assignment.startedNanos) / NANOS_PER_MS);
  }
}
