package io.swarmpilot.scheduler.performance;

import io.swarmpilot.scheduler.forecast.Assignment;
import io.swarmpilot.scheduler.forecast.ExecutionTime;
import io.swarmpilot.scheduler.forecast.Moments;
import io.swarmpilot.scheduler.forecast.QueueForecast;
import io.swarmpilot.scheduler.policy.Candidates;
import io.swarmpilot.scheduler.policy.PoolView;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.random.RandomGenerator;

/// Busy instances of two kinds, each with a forecast that is charged and refunded, behind a central
/// queue of a given length.
final class MeasuredFleet implements Candidates, PoolView {
  private static final int TASKS_EACH = 3;

  private final List<QueueForecast> forecasts = new ArrayList<>();
  private final List<Deque<Assignment>> held = new ArrayList<>();
  private final List<ExecutionTime> times = new ArrayList<>();
  private final double[] waitMean;
  private final double[] waitError;
  private final int queued;
  private long lastChosen = -1;
  private long nowNanos;

  MeasuredFleet(int instances, int queued, RandomGenerator random) {
    this.queued = queued;
    waitMean = new double[instances];
    waitError = new double[instances];
    ExecutionTime[] kinds = {ExecutionTime.of(400, 200), ExecutionTime.of(700, 300)};
    for (int i = 0; i < instances; i++) {
      forecasts.add(new QueueForecast());
      held.add(new ArrayDeque<>());
      times.add(kinds[random.nextInt(kinds.length)]);
      for (int k = 0; k < TASKS_EACH; k++) {
        double mean = Math.exp(6 + random.nextGaussian());
        charge(i, ExecutionTime.of(mean, mean / 2));
      }
      forecasts.get(i).startWaiting(0);
    }
  }

  /// Charges an instance with a task, and refunds the one it has held longest.
  void turnOver(int index, ExecutionTime time) {
    charge(index, time);
    forecasts.get(index).remove(held.get(index).removeFirst());
    forecasts.get(index).startWaiting(nowNanos);
    refresh(index);
    lastChosen = index;
  }

  /// Moves the clock on.
  void passes(long nanos) {
    nowNanos += nanos;
  }

  private void charge(int index, ExecutionTime time) {
    held.get(index).addLast(forecasts.get(index).add(time));
    refresh(index);
  }

  private void refresh(int index) {
    Moments wait = forecasts.get(index).waitingTime(nowNanos);
    waitMean[index] = wait.mean();
    waitError[index] = wait.error();
  }

  @Override
  public int size() {
    return waitMean.length;
  }

  @Override
  public long ordinal(int index) {
    return index;
  }

  @Override
  public String uuid(int index) {
    return "ti-" + index;
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
    return times.get(index);
  }

  @Override
  public double missProbability(int index, double withinMs) {
    return waitMean[index] + times.get(index).mean() > withinMs ? 0.75 : 0.25;
  }

  @Override
  public int outstanding(int index) {
    return held.get(index).size();
  }

  @Override
  public int slots(int index) {
    return 1;
  }

  @Override
  public double load(int index) {
    return Math.min(1, outstanding(index) / 4.0);
  }

  @Override
  public double latencyMean(int index) {
    return times.get(index).mean();
  }

  @Override
  public double tokensPerSecond(int index) {
    return 50;
  }

  @Override
  public int gpus(int index) {
    return 1;
  }

  @Override
  public int cachedBlocks(int index) {
    return index % 3;
  }

  @Override
  public long lastChosen() {
    return lastChosen;
  }

  @Override
  public double nowMs() {
    return nowNanos / 1e6;
  }

  @Override
  public int queued() {
    return queued;
  }

  @Override
  public int queuedUrgent() {
    return queued / 4;
  }

  @Override
  public int queuedWithSlo() {
    return queued / 2;
  }

  @Override
  public int slots() {
    return waitMean.length;
  }

  @Override
  public double load() {
    return 0.75;
  }

  @Override
  public double predictorSkill() {
    return 1;
  }
}
