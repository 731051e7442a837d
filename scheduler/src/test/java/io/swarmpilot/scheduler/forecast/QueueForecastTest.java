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
    assertThat(forecast.waitMean(2_000_000)).isZero();
    assertThat(forecast.waitError(2_000_000)).isZero();
    assertThat(forecast.waitThird(2_000_000)).isZero();
    forecast.add(ExecutionTime.of(5, 0));
    assertThat(forecast.waitingTime(2_000_000)).isEqualTo(new Moments(5, 0));
  }

  /// What a million executions that took three times as long as predicted taught is the slowdown,
  /// not a wait.
  @Test
  void aMillionBiasedPredictionsLeaveNoWait() {
    SplittableRandom random = new SplittableRandom(1);
    QueueForecast forecast = new QueueForecast();
    forecast.slots(2);
    ExecutionTime[] predicted = new ExecutionTime[50];
    Arrays.setAll(
        predicted, i -> ExecutionTime.of(Math.pow(10, random.nextInt(7)), random.nextDouble(500)));
    Assignment[] held = new Assignment[5];
    long now = 0;
    for (int i = 0; i < 1_000_000; i++) {
      ExecutionTime time = predicted[random.nextInt(predicted.length)];
      int place = i % held.length;
      if (held[place] != null) {
        forecast.remove(held[place]);
        forecast.completed(held[place].time, 3 * held[place].time.mean());
      }
      held[place] = forecast.add(time);
      forecast.startWaiting(now);
      now += MS;
    }
    assertThat(forecast.waitMean(now)).isPositive();
    for (Assignment assignment : held) {
      forecast.remove(assignment);
    }
    assertThat(forecast.waitingTime(now)).isEqualTo(Moments.ZERO);
    assertThat(forecast.waitThird(now)).isZero();
    assertThat(forecast.slowdown()).isGreaterThan(2);
  }

  @Test
  void readingInPartsIsTheSameAsReadingAtOnce() {
    for (long seed = 0; seed < 50; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      QueueForecast forecast = new QueueForecast();
      forecast.slots(1 + random.nextInt(4));
      long now = 1_000 * MS;
      for (int i = 0; i < 30; i++) {
        Assignment added = forecast.add(ExecutionTimeTest.random(random));
        if (random.nextBoolean()) {
          forecast.startWaiting(now);
        }
        if (random.nextInt(3) == 0) {
          forecast.remove(added);
        }
        now += random.nextLong(30 * MS);
        Moments wait = forecast.waitingTime(now);
        String what = "seed %d, step %d".formatted(seed, i);
        assertThat(forecast.waitMean(now)).as(what).isEqualTo(wait.mean());
        assertThat(forecast.waitVariance(now)).as(what).isEqualTo(wait.variance());
        assertThat(forecast.waitError(now)).as(what).isEqualTo(wait.error());
        assertThat(forecast.waitThird(now)).as(what).isEqualTo(wait.third());
        assertThat(wait.variance()).as(what).isNotNegative();
        assertThat(forecast.size()).as(what).isGreaterThanOrEqualTo(wait.mean() > 0 ? 1 : 0);
      }
    }
  }

  /// What is kept between two computations never differs from a new computation by more than the
  /// share of the wait that it may be old.
  @Test
  void whatIsKeptStaysRight() {
    for (long seed = 0; seed < 60; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int slots = 1 + random.nextInt(3);
      QueueForecast asked = queue(new SplittableRandom(seed), slots);
      long now = 1_000 * MS;
      asked.waitMean(now);
      for (int step = 0; step < 20; step++) {
        now += random.nextLong(20 * MS);
        QueueForecast anew = queue(new SplittableRandom(seed), slots);
        double expected = anew.waitMean(now);
        double kept = asked.waitMean(now);
        assertThat(kept)
            .as("seed %d, step %d", seed, step)
            .isCloseTo(expected, within(0.0625 * expected + 1))
            .isPositive();
        assertThat(asked.waitError(now))
            .as("error, seed %d, step %d", seed, step)
            .isCloseTo(anew.waitError(now), within(0.2 * anew.waitError(now) + 2));
      }
    }
  }

  @Test
  void askingAtAnEarlierMomentDoesNotMakeItLonger() {
    QueueForecast forecast = new QueueForecast();
    forecast.start(forecast.add(ExecutionTime.of(100, 0)), 0);
    assertThat(forecast.waitMean(60 * MS)).isCloseTo(40, within(1e-6));
    assertThat(forecast.waitMean(50 * MS)).isCloseTo(40, within(1e-6));
  }

  @Test
  void commonErrorsWidenAQueueAsTheirFormulaSays() {
    for (double correlation : new double[] {0, 0.2, 0.5}) {
      QueueForecast forecast = new QueueForecast(correlation);
      double squares = 0;
      double sum = 0;
      for (int i = 1; i <= 20; i++) {
        forecast.add(ExecutionTime.of(50 * i, 10 * i));
        squares += 100 * i * i;
        sum += 10 * i;
      }
      double expected = (1 - correlation) * squares + correlation * sum * sum;
      assertThat(forecast.waitVariance(0))
          .as("correlation %s", correlation)
          .isCloseTo(expected, within(1e-9 * expected));
      assertThat(forecast.waitThird(0)).isPositive();
    }
  }

  @Test
  void aSlowInstanceWaitsAsMuchLonger() {
    for (int slots = 1; slots <= 3; slots++) {
      SplittableRandom random = new SplittableRandom(3);
      QueueForecast forecast = queue(random, slots);
      double before = forecast.waitMean(1_000 * MS);
      ExecutionTime time = ExecutionTime.of(100, 20);
      for (int i = 0; i < 400; i++) {
        forecast.completed(time, 2 * time.quantile(random.nextDouble()));
      }
      assertThat(forecast.slowdown()).isCloseTo(2, within(0.2));
      assertThat(forecast.waitMean(1_000 * MS))
          .as("%d slots", slots)
          .isBetween(1.7 * before, 2.7 * before);
    }
  }

  @Test
  void manyRunningTasksAreSummedByAFew() {
    QueueForecast forecast = new QueueForecast(0);
    forecast.slots(100);
    SplittableRandom random = new SplittableRandom(9);
    for (int i = 0; i < 400; i++) {
      forecast.add(ExecutionTime.of(100, 100));
    }
    for (int i = 0; i < 100; i++) {
      forecast.startWaiting(-random.nextLong(100 * MS));
    }
    assertThat(forecast.waitMean(0)).isCloseTo(301, within(30.0));
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

  /// A queue that was there a second ago, some of it running.
  private static QueueForecast queue(SplittableRandom random, int slots) {
    QueueForecast forecast = new QueueForecast();
    forecast.slots(slots);
    int count = slots + random.nextInt(6);
    for (int i = 0; i < count; i++) {
      double mean = 200 + random.nextDouble(800);
      forecast.add(ExecutionTime.of(mean, 0.4 * mean));
    }
    forecast.startWaiting(900 * MS);
    return forecast;
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
    if (slots == 1) {
      double third = Arrays.stream(plays).map(p -> Math.pow(p - mean, 3)).average().orElseThrow();
      assertThat(wait.third())
          .as(what + " third moment")
          .isCloseTo(third, within(0.5 * Math.abs(third) + 0.2 * Math.pow(error, 3)));
    }
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
