package io.swarmpilot.scheduler.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// What a decision asks of forecasts allocates nothing.
final class AllocationTest {
  private static final int ROUNDS = 2_000;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private double sink;

  @Test
  void decisionsAllocateNothing() {
    SplittableRandom random = new SplittableRandom(1);
    QueueForecast[] fleet = new QueueForecast[16];
    PoolForecast pool = new PoolForecast();
    for (int i = 0; i < fleet.length; i++) {
      fleet[i] = forecast(1 + i % 5, i, random, pool);
    }
    ExecutionTime task = ExecutionTime.of(100, 80);
    long warm = allocated(fleet, pool, task, 0);
    long bytes = allocated(fleet, pool, task, 1_000_000_000_000L);
    assertThat(bytes).as("after %d bytes the first time", warm).isLessThan(ROUNDS);
    assertThat(sink).isFinite();
  }

  private long allocated(
      QueueForecast[] fleet, PoolForecast pool, ExecutionTime task, long startNanos) {
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int round = 0; round < ROUNDS; round++) {
      // Far apart, so that every forecast is computed anew.
      long now = startNanos + round * 200_000_000L;
      for (QueueForecast forecast : fleet) {
        double mean = forecast.waitMean(now);
        double variance = forecast.waitVariance(now);
        double third = forecast.waitThird(now);
        double slowdown = forecast.slowdown();
        sink += CompletionRisk.of(mean, variance, third, task, slowdown, 700);
      }
      forecastOf(fleet, round).completed(task, 50 + round % 100);
      sink += pool.waitMean(50, now) + pool.waitVariance(3, 50, now);
      pool.add(task);
      pool.remove(task);
    }
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  private static QueueForecast forecastOf(QueueForecast[] fleet, int round) {
    return fleet[round % fleet.length];
  }

  private static QueueForecast forecast(
      int slots, int tasks, SplittableRandom random, PoolForecast pool) {
    QueueForecast forecast = new QueueForecast();
    forecast.slots(slots);
    for (int i = 0; i < tasks; i++) {
      ExecutionTime time = ExecutionTimeTest.random(random);
      Assignment added = forecast.add(time);
      if (i < slots) {
        forecast.start(added, i);
        pool.addBusy(time, i);
      } else {
        pool.add(time);
      }
    }
    return forecast;
  }
}
