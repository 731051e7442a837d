package io.swarmpilot.scheduler.core;

import io.swarmpilot.scheduler.forecast.ExecutionTime;
import io.swarmpilot.scheduler.policy.Candidates;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The instances that could take the task in hand, read from where they are kept. Used again for
/// every decision.
final class CandidateTable implements Candidates {
  /// Most instances of which a policy is shown all.
  static final int MOST = 64;

  private static final int SHORTLIST = 16;

  private static final double NANOS_PER_MS = 1e6;

  private @Nullable ModelPool pool;
  private @Nullable TaskEntry task;
  private final Shortlist shortlist = new Shortlist(SHORTLIST);
  private @Nullable InstanceEntry[] chosen = new @Nullable InstanceEntry[16];
  private @Nullable ExecutionTime[] byKind = new @Nullable ExecutionTime[4];
  private double[] meanByKind = new double[4];
  private boolean all;
  private int size;
  private long now;

  /// Shows the instances of a pool that are ready; of a large fleet those on which the task is
  /// expected to be completed first, unless the whole is needed. The one that the task had better
  /// avoid is left out as long as there is another.
  void show(ModelPool shown, TaskEntry forTask, boolean wholeFleet, long at) {
    pool = shown;
    task = forTask;
    now = at;
    nothingKnown(shown.kinds());
    if (wholeFleet || shown.ready.size() <= MOST) {
      all = true;
      size = shown.ready.size();
    } else {
      all = false;
      shorten(shown);
    }
    InstanceEntry avoided = forTask.avoided;
    if (avoided != null && avoided.ready && size > 1) {
      leaveOut(avoided);
    }
  }

  InstanceEntry instance(int index) {
    if (all) {
      return pool().ready.get(index);
    }
    InstanceEntry instance = chosen[index];
    if (instance == null || index >= size) {
      throw new IndexOutOfBoundsException(index);
    }
    return instance;
  }

  /// How many instances could have taken the task.
  int considered() {
    return pool().ready.size();
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public long ordinal(int index) {
    return instance(index).ordinal;
  }

  @Override
  public String uuid(int index) {
    return instance(index).uuid();
  }

  @Override
  public double waitMean(int index) {
    return instance(index).forecast.waitMean(now);
  }

  @Override
  public double waitError(int index) {
    return instance(index).forecast.waitError(now);
  }

  @Override
  public ExecutionTime executionTime(int index) {
    return timeOn(instance(index));
  }

  @Override
  public double slowdown(int index) {
    return pool().experience.slowdown(instance(index));
  }

  @Override
  public double missProbability(int index, double withinMs) {
    return instance(index).missProbability(executionTime(index), slowdown(index), withinMs, now);
  }

  @Override
  public int outstanding(int index) {
    return instance(index).outstanding.size();
  }

  @Override
  public int slots(int index) {
    return Math.max(1, instance(index).slots());
  }

  @Override
  public double load(int index) {
    return instance(index).load(pool());
  }

  @Override
  public double latencyMean(int index) {
    return pool().experience.latencyMs(instance(index));
  }

  @Override
  public double tokensPerSecond(int index) {
    return instance(index).recent.tokensPerSecond();
  }

  @Override
  public String hardware(int index) {
    return instance(index).status.target().hardware();
  }

  @Override
  public int gpus(int index) {
    return Math.max(1, instance(index).status.gpus());
  }

  @Override
  public int cachedBlocks(int index) {
    return pool().cachedBlocks(instance(index), task());
  }

  @Override
  public double readingMs(int index) {
    return Math.max(0, instance(index).readingUntilMs - nowMs());
  }

  @Override
  public long lastChosen() {
    return pool().lastChosen;
  }

  /// The moment of the decision, ms.
  double nowMs() {
    return now / NANOS_PER_MS;
  }

  private ModelPool pool() {
    if (pool == null) {
      throw new IllegalStateException("no decision in hand");
    }
    return pool;
  }

  private TaskEntry task() {
    if (task == null) {
      throw new IllegalStateException("no decision in hand");
    }
    return task;
  }

  private ExecutionTime timeOn(InstanceEntry instance) {
    ExecutionTime time = byKind[instance.kind];
    if (time == null) {
      time = task().estimates.on(instance.status.target()).time();
      byKind[instance.kind] = time;
    }
    return time;
  }

  private void nothingKnown(int kinds) {
    if (byKind.length < kinds) {
      byKind = new @Nullable ExecutionTime[2 * kinds];
      meanByKind = new double[2 * kinds];
    }
    Arrays.fill(byKind, null);
  }

  private void shorten(ModelPool from) {
    for (int kind = 0; kind < from.kinds(); kind++) {
      meanByKind[kind] = task().estimates.on(from.target(kind)).time().mean();
    }
    size = from.ready.soonest(nowMs(), meanByKind, from.lastChosen, shortlist);
    room(size);
    for (int i = 0; i < size; i++) {
      chosen[i] = from.ready.get(shortlist.place(i));
    }
  }

  private void leaveOut(InstanceEntry avoided) {
    room(size);
    int count = 0;
    for (int i = 0; i < size; i++) {
      InstanceEntry instance = instance(i);
      if (!instance.equals(avoided)) {
        chosen[count++] = instance;
      }
    }
    size = count;
    all = false;
  }

  private void room(int needed) {
    if (chosen.length < needed) {
      chosen = Arrays.copyOf(chosen, Math.max(needed, 2 * chosen.length));
    }
  }
}
