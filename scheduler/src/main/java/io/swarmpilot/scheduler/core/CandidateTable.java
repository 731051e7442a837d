package io.swarmpilot.scheduler.core;

import io.swarmpilot.scheduler.forecast.ExecutionTime;
import io.swarmpilot.scheduler.policy.Candidates;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The instances that could take the task in hand, read from where they are kept. Used again for
/// every decision.
final class CandidateTable implements Candidates {
  private static final double NANOS_PER_MS = 1e6;

  private @Nullable ModelPool pool;
  private @Nullable TaskEntry task;
  private @Nullable InstanceEntry[] chosen = new @Nullable InstanceEntry[16];
  private @Nullable ExecutionTime[] byKind = new @Nullable ExecutionTime[4];
  private boolean all;
  private int size;
  private long now;

  /// Shows the instances of a pool that are ready; but for the one that the task had better avoid,
  /// as long as there is another.
  void show(ModelPool shown, TaskEntry forTask, long at) {
    pool = shown;
    task = forTask;
    now = at;
    Arrays.fill(byKind, null);
    size = shown.ready.size();
    all = true;
    InstanceEntry avoided = forTask.avoided;
    if (avoided != null && avoided.ready && size > 1) {
      leaveOut(shown.ready, avoided);
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
    return instance(index).forecast.waitingTime(now).mean();
  }

  @Override
  public double waitError(int index) {
    return instance(index).forecast.waitingTime(now).error();
  }

  @Override
  public ExecutionTime executionTime(int index) {
    InstanceEntry instance = instance(index);
    if (instance.kind >= byKind.length) {
      byKind = Arrays.copyOf(byKind, Math.max(instance.kind + 1, 2 * byKind.length));
    }
    ExecutionTime time = byKind[instance.kind];
    if (time == null) {
      time = task().estimates.on(instance.status.target()).time();
      byKind[instance.kind] = time;
    }
    return time;
  }

  @Override
  public double slowdown(int index) {
    return instance(index).slowdown();
  }

  @Override
  public double missProbability(int index, double withinMs) {
    return instance(index).missProbability(executionTime(index), withinMs, now);
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
    double own = instance(index).recent.latencyMs();
    return Double.isNaN(own) ? pool().recent.latencyMs() : own;
  }

  @Override
  public double tokensPerSecond(int index) {
    return instance(index).recent.tokensPerSecond();
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

  private void leaveOut(ReadyInstances ready, InstanceEntry avoided) {
    if (chosen.length < size) {
      chosen = new @Nullable InstanceEntry[Math.max(size, 2 * chosen.length)];
    }
    int count = 0;
    for (int i = 0; i < size; i++) {
      if (ready.get(i) != avoided) {
        chosen[count++] = ready.get(i);
      }
    }
    size = count;
    all = false;
  }
}
