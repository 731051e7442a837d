package io.swarmpilot.scheduler.core;

import io.swarmpilot.scheduler.forecast.ExecutionTime;
import io.swarmpilot.scheduler.forecast.Moments;
import io.swarmpilot.scheduler.policy.Candidates;
import org.jspecify.annotations.Nullable;

/// The instances that could take a task, gathered into arrays that are used again for every
/// decision.
final class CandidateArray implements Candidates {
  private InstanceEntry[] instances = new InstanceEntry[16];
  private double[] waitMean = new double[16];
  private double[] waitError = new double[16];
  private ExecutionTime[] executionTime = new ExecutionTime[16];
  private int size;
  private long lastChosen;

  /// Gathers the instances of a pool that can take a task, but for one to avoid.
  void gather(ModelPool pool, Estimates estimates, long now, @Nullable InstanceEntry avoided) {
    size = 0;
    lastChosen = pool.lastChosen;
    grow(pool.instances.size());
    for (InstanceEntry instance : pool.instances) {
      if (instance != avoided && instance.serves() && instance.hasRoom()) {
        add(instance, estimates, now);
      }
    }
  }

  InstanceEntry instance(int index) {
    return instances[index];
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public long ordinal(int index) {
    return instances[index].ordinal;
  }

  @Override
  public double waitMean(int index) {
    return waitMean[index];
  }

  @Override
  public double waitError(int index) {
    return waitError[index];
  }

  @Override
  public ExecutionTime executionTime(int index) {
    return executionTime[index];
  }

  @Override
  public double missProbability(int index, double withinMs) {
    double variance =
        waitError[index] * waitError[index]
            + executionTime[index].error() * executionTime[index].error();
    double mean = waitMean[index] + executionTime[index].mean();
    return withinMs <= mean && variance == 0 ? 1 : 0;
  }

  @Override
  public String uuid(int index) {
    return instances[index].uuid();
  }

  @Override
  public int slots(int index) {
    return Math.max(1, instances[index].slots());
  }

  @Override
  public double load(int index) {
    return instances[index].load();
  }

  @Override
  public double latencyMean(int index) {
    return Double.NaN;
  }

  @Override
  public double tokensPerSecond(int index) {
    return 0;
  }

  @Override
  public int gpus(int index) {
    return 1;
  }

  @Override
  public int cachedBlocks(int index) {
    return 0;
  }

  @Override
  public int outstanding(int index) {
    return instances[index].outstanding.size();
  }

  @Override
  public long lastChosen() {
    return lastChosen;
  }

  private void add(InstanceEntry instance, Estimates estimates, long now) {
    Moments wait = instance.forecast.waitingTime(now);
    ExecutionTime execution = estimates.on(instance.status.target()).time();
    instances[size] = instance;
    waitMean[size] = wait.mean();
    waitError[size] = wait.error();
    executionTime[size] = execution;
    size++;
  }

  private void grow(int needed) {
    if (needed > instances.length) {
      int capacity = Math.max(needed, 2 * instances.length);
      instances = new InstanceEntry[capacity];
      waitMean = new double[capacity];
      waitError = new double[capacity];
      executionTime = new ExecutionTime[capacity];
    }
  }
}
