package io.swarmpilot.scheduler.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Forecasts against playing the queue through many times.
final class QueueForecastTest {
  private static final long MS = 1_000_000L;
  private static final int PLAYS = 20_000;

  @Test
  void oneSlotIsTheSumOfWhatIsAhead() {
    for (long seed = 0; seed < 40; seed++) {
      compare(seed, 1, 12, 0.03, 0.12);
    }
  }

  @Test
  void severalSlotsAreThoseThatFreeFirst() {
    for (long seed = 0; seed < 40; seed++) {
      compare(seed, 2 + (int) (seed % 4), 16, 0.12, 0.3);
    }
  }

  @Test
  void manyTasksOnSeveralSlots() {
    for (long seed = 0; seed < 8; seed++) {
      compare(seed, 3 + (int) (seed % 6), 120, 0.05, 0.35);
    }
  }

  @Test
  void exactlyZeroWhileASlotIsFree() {
    QueueForecast forecast = new QueueForecast();
    forecast.slots(2);
    assertThat(forecast.waitingTime(0)).isEqualTo(Moments.ZERO);
    forecast.add(ExecutionTime.of(100, 50));
    assertThat(forecast.waitingTime(0)).isEqualTo(Moments.ZERO);
    Assignment second = forecast.add(ExecutionTime.of(100, 50));
    assertThat(forecast.waitingTime(0).mean()).isPositive();
    forecast.remove(second);
    assertThat(forecast.waitingTime(0)).isEqualTo(Moments.ZERO);
  }

  @Test
  void aMillionTasksLeaveNothingBehind() {
    SplittableRandom random = new SplittableRandom(1);
    QueueForecast forecast = new QueueForecast();
    List<Assignment> held = new ArrayList<>();
    for (int i = 0; i < 1_000_000; i++) {
      Assignment added =
          forecast.add(ExecutionTime.of(random.nextDouble(1e7), random.nextDouble(1e-3)));
      held.add(added);
      if (random.nextBoolean()) {
        forecast.start(added, i);
      }
      if (held.size() > random.nextInt(20)) {
        forecast.remove(held.remove(random.nextInt(held.size())));
      }
    }
    held.forEach(forecast::remove);
    assertThat(forecast.waitingTime(2_000_000)).isEqualTo(Moments.ZERO);
    forecast.add(ExecutionTime.of(5, 0));
    assertThat(forecast.waitingTime(2_000_000)).isEqualTo(new Moments(5, 0));
  }

  @Test
  void waitShrinksAsTimePassesAndStaysTrueWhenATaskOutrunsItsForecast() {
    QueueForecast forecast = new QueueForecast();
    Assignment running = forecast.add(ExecutionTime.of(100, 20));
    forecast.start(running, 0);
    double before = forecast.waitingTime(0).mean();
    double later = forecast.waitingTime(30 * MS).mean();
    double overdue = forecast.waitingTime(400 * MS).mean();
    assertThat(before).isCloseTo(100, within(3.0));
    assertThat(later).isCloseTo(70, within(4.0));
    assertThat(overdue).isPositive().isLessThan(60);
  }

  @Test
  void aThousandForecastsAreNotAllComputedForEveryDecision() {
    List<QueueForecast> fleet = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < 1_000; i++) {
      QueueForecast forecast = new QueueForecast();
      forecast.add(ExecutionTimeTest.random(random));
      forecast.add(ExecutionTime.of(1_000, 100));
      fleet.add(forecast);
    }
    double[] first = fleet.stream().mapToDouble(f -> f.waitMean(0)).toArray();
    fleet.get(7).add(ExecutionTime.of(1_000, 1));
    for (int i = 0; i < fleet.size(); i++) {
      double second = fleet.get(i).waitMean(MS / 2);
      if (i == 7) {
        assertThat(second).isCloseTo(first[i] + 1_000, within(1e-6));
      } else {
        // None of the tasks has started: computed anew the wait would be as long as before.
        assertThat(second).as("forecast %d is kept", i).isCloseTo(first[i] - 0.5, within(1e-6));
      }
    }
  }

  private static void compare(
      long seed, int slots, int most, double meanTolerance, double errorTolerance) {
    SplittableRandom random = new SplittableRandom(seed);
    QueueForecast forecast = new QueueForecast(0);
    forecast.slots(slots);
    int count = slots + random.nextInt(most);
    List<ExecutionTime> times = new ArrayList<>();
    double[] elapsed = new double[count];
    for (int i = 0; i < count; i++) {
      ExecutionTime time = ExecutionTime.of(50 + random.nextDouble(200), random.nextDouble(80));
      times.add(time);
      Assignment added = forecast.add(time);
      if (i < slots) {
        elapsed[i] = random.nextDouble(0.8) * time.mean();
        forecast.start(added, 1_000 * MS - Math.round(elapsed[i] * MS));
      }
    }
    double[] plays = new double[PLAYS];
    for (int k = 0; k < PLAYS; k++) {
      plays[k] = play(times, elapsed, slots, random);
    }
    double mean = Arrays.stream(plays).average().orElseThrow();
    double error =
        Math.sqrt(Arrays.stream(plays).map(p -> (p - mean) * (p - mean)).average().orElseThrow());
    Moments wait = forecast.waitingTime(1_000 * MS);
    String what = "seed " + seed + ", " + slots + " slots, " + count + " tasks";
    double typical = 150.0 / slots;
    assertThat(wait.mean()).as(what).isCloseTo(mean, within(meanTolerance * (mean + typical)));
    assertThat(wait.error())
        .as(what + " error")
        .isCloseTo(error, within(errorTolerance * (error + typical / 4)));
  }

  /// One run of the queue with drawn times: when could one more task start?
  private static double play(
      List<ExecutionTime> times, double[] elapsed, int slots, SplittableRandom random) {
    double[] free = new double[slots];
    for (int i = 0; i < times.size(); i++) {
      double drawn = random.nextDouble();
      if (i < slots) {
        free[i] = times.get(i).residualQuantile(elapsed[i], drawn);
      } else {
        Arrays.sort(free);
        free[0] += times.get(i).quantile(drawn);
      }
    }
    return Arrays.stream(free).min().orElseThrow();
  }
}
