package io.swarmpilot.scheduler.batch;

import io.swarmpilot.scheduler.forecast.CompletionRisk;
import io.swarmpilot.scheduler.forecast.ExecutionTime;
import io.swarmpilot.scheduler.policy.Binding;
import io.swarmpilot.scheduler.policy.Candidates;
import java.util.ArrayList;
import java.util.List;

/// The instances that can take a request now.
final class Offer implements Candidates {
  private final List<Seat> seats = new ArrayList<>();
  private final BatchTask task;

  Offer(BatchTask task, Binding binding) {
    this.task = task;
    for (Seat seat : task.pool.seats()) {
      if (seat.accepts(binding)) {
        seats.add(seat);
      }
    }
  }

  boolean isEmpty() {
    return seats.isEmpty();
  }

  Seat seat(int index) {
    return seats.get(index);
  }

  @Override
  public int size() {
    return seats.size();
  }

  @Override
  public long ordinal(int index) {
    return seats.get(index).ordinal;
  }

  @Override
  public String uuid(int index) {
    return seats.get(index).instance.instanceId();
  }

  @Override
  public double waitMean(int index) {
    return seats.get(index).waitMean();
  }

  @Override
  public double waitError(int index) {
    return seats.get(index).waitError();
  }

  @Override
  public ExecutionTime executionTime(int index) {
    double latency = seats.get(index).instance.avgLatencyMs();
    return task.tellsTime() || latency == 0 ? task.executionTime() : ExecutionTime.of(latency, 0);
  }

  @Override
  public double missProbability(int index, double withinMs) {
    double error = waitError(index);
    ExecutionTime time = executionTime(index);
    return CompletionRisk.of(waitMean(index), error * error, 0, time, 1, withinMs);
  }

  @Override
  public int outstanding(int index) {
    return seats.get(index).outstanding();
  }

  @Override
  public int slots(int index) {
    return seats.get(index).instance.slots();
  }

  @Override
  public double load(int index) {
    return seats.get(index).load();
  }

  @Override
  public double latencyMean(int index) {
    double latency = seats.get(index).instance.avgLatencyMs();
    return latency > 0 ? latency : task.pool.usualMs();
  }

  @Override
  public double tokensPerSecond(int index) {
    return seats.get(index).instance.throughputTokensPerSec();
  }

  @Override
  public int gpus(int index) {
    return seats.get(index).instance.gpuCount();
  }

  @Override
  public int cachedBlocks(int index) {
    return 0;
  }

  @Override
  public long lastChosen() {
    return task.pool.lastChosen;
  }
}
