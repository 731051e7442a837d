package io.swarmpilot.scheduler.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Waits in a central queue against playing queues with several servers.
final class PoolForecastTest {
  private static final double NANOS = 1e6;

  /// Tasks of one kind each: certain, exponential-like, mixed, and very mixed.
  private static final ExecutionTime[][] KINDS = {
    {ExecutionTime.of(100, 10)}, {ExecutionTime.of(100, 100)}, mixed(50, 250), mixed(30, 930)
  };

  @Test
  void slotsMetAtRandomMoments() {
    for (int kind = 0; kind < KINDS.length; kind++) {
      for (int slots : new int[] {1, 2, 8, 50}) {
        for (double rounds : new double[] {0, 0.2, 1, 3}) {
          Plays plays = new Plays(kind, slots, rounds, false);
          plays.run(slots < 50 ? 600 : 150);
          double step = plays.typical() / slots;
          assertThat(plays.forecast())
              .as(plays.toString())
              .isCloseTo(plays.truth(), within(0.06 * plays.truth() + 0.35 * step));
          assertThat(plays.forecastError())
              .as("error, %s", plays)
              .isCloseTo(plays.unforeseen(), within(0.5 * plays.unforeseen() + 0.3 * step));
        }
      }
    }
  }

  /// A burst on idle instances: all slots began at once. Of tasks that are known to differ much,
  /// the first few ends come sooner than sums can tell.
  @Test
  void slotsThatBeganTogether() {
    for (int kind = 0; kind < KINDS.length; kind++) {
      for (int slots : new int[] {1, 2, 8, 50}) {
        for (double rounds : new double[] {0, 0.2, 1, 3}) {
          Plays plays = new Plays(kind, slots, rounds, true);
          plays.run(slots < 50 ? 600 : 150);
          double slack = kind < 2 || rounds >= 1 ? 0.2 : 0.35;
          assertThat(plays.forecast())
              .as(plays.toString())
              .isCloseTo(plays.truth(), within(0.05 * plays.truth() + slack * plays.typical()));
        }
      }
    }
  }

  @Test
  void zeroWhileSlotsAreFreeAndEndlessWithoutAny() {
    PoolForecast pool = new PoolForecast();
    assertThat(pool.waitMean(1, 0)).isZero();
    assertThat(pool.waitVariance(0, 1, 0)).isZero();
    assertThat(pool.waitMean(0, 0)).isInfinite();
    assertThat(pool.waitVariance(0, 0, 0)).isInfinite();
    assertThat(pool.waitThird(0, 0, 0)).isInfinite();
    ExecutionTime time = ExecutionTime.of(100, 30);
    pool.addBusy(time, 0);
    pool.add(time);
    assertThat(pool.waitMean(3, 0)).as("a queued and a new task for two slots").isZero();
    assertThat(pool.waitMean(2, 0)).as("one slot is free for the queued task").isPositive();
    assertThat(pool.waitMean(0, 2, 0)).as("the queued task itself").isZero();
    pool.removeBusy(time, 0);
    pool.remove(time);
    assertThat(pool.waitMean(1, 0)).isZero();
    assertThat(pool.queued() + pool.busy()).isZero();
  }

  @Test
  void waitsRiseWithThePlaceInTheQueue() {
    for (long seed = 0; seed < 20; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      PoolForecast pool = new PoolForecast();
      int slots = 1 + random.nextInt(40);
      for (int i = 0; i < slots; i++) {
        pool.addBusy(draw(3, random), -random.nextLong(500_000_000));
      }
      for (int i = 0; i < 200; i++) {
        pool.add(draw(3, random));
      }
      double round = 0;
      for (int ahead = 0; ahead <= 400; ahead += slots) {
        double wait = pool.waitMean(ahead, slots, 0);
        assertThat(wait).as("seed %d, %d ahead", seed, ahead).isGreaterThan(round);
        assertThat(pool.waitVariance(ahead, slots, 0)).as("seed %d", seed).isPositive();
        assertThat(pool.waitThird(ahead, slots, 0)).as("seed %d", seed).isPositive();
        round = wait;
      }
      assertThat(pool.waitMean(200, slots, 0)).isEqualTo(pool.waitMean(slots, 0));
    }
  }

  @Test
  void aTaskThatHangsDoesNotHideTheQueue() {
    PoolForecast pool = new PoolForecast();
    ExecutionTime time = ExecutionTime.of(100, 30);
    long now = 100_000_000_000_000L;
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < 99; i++) {
      pool.addBusy(time, now - random.nextLong(100_000_000));
    }
    pool.addBusy(time, 0);
    for (int i = 0; i < 1_000; i++) {
      pool.add(time);
    }
    assertThat(pool.waitMean(100, now)).isCloseTo(1_000, within(60.0));
  }

  @Test
  void aSlowFleetTakesAsMuchLonger() {
    PoolForecast pool = new PoolForecast();
    ExecutionTime time = ExecutionTime.of(100, 100);
    for (int i = 0; i < 10; i++) {
      pool.addBusy(time, -i * 40_000_000L);
      pool.add(time);
    }
    double before = pool.waitMean(10, 0);
    for (int i = 0; i < 500; i++) {
      pool.completed(time, 2 * time.quantile((i * 0.618) % 1));
    }
    assertThat(pool.slowdown()).isCloseTo(2, within(0.2));
    assertThat(pool.waitMean(10, 0)).isCloseTo(2 * before, within(0.3 * before));
  }

  @Test
  void manyChangesLeaveNothingBehind() {
    SplittableRandom random = new SplittableRandom(4);
    PoolForecast pool = new PoolForecast();
    List<ExecutionTime> queued = new ArrayList<>();
    List<Run> running = new ArrayList<>();
    for (int i = 0; i < 300_000; i++) {
      ExecutionTime time =
          ExecutionTime.of(Math.pow(10, random.nextInt(8)), random.nextDouble(1e5));
      queued.add(time);
      pool.add(time);
      if (queued.size() > random.nextInt(60)) {
        ExecutionTime started = queued.remove(random.nextInt(queued.size()));
        pool.remove(started);
        pool.addBusy(started, i * 1_000_000L);
        running.add(new Run(started, i * 1_000_000L));
      }
      if (running.size() > 20) {
        Run ended = running.remove(random.nextInt(running.size()));
        pool.removeBusy(ended.time(), ended.started());
      }
    }
    PoolForecast anew = new PoolForecast();
    queued.forEach(anew::add);
    running.forEach(run -> anew.addBusy(run.time(), run.started()));
    long now = 300_001_000_000L;
    double expected = anew.waitMean(20, now);
    assertThat(pool.waitMean(20, now)).isCloseTo(expected, within(1e-6 * expected));
    queued.forEach(pool::remove);
    running.forEach(run -> pool.removeBusy(run.time(), run.started()));
    assertThat(pool.waitMean(1, now)).isZero();
    pool.add(ExecutionTime.of(5, 0));
    pool.addBusy(ExecutionTime.of(5, 0), now);
    assertThat(pool.waitMean(1, now)).isEqualTo(10);
  }

  private static ExecutionTime draw(int kind, SplittableRandom random) {
    return KINDS[kind][random.nextInt(KINDS[kind].length)];
  }

  /// Tasks of which it is known that they take very different times.
  private static ExecutionTime[] mixed(double least, double most) {
    ExecutionTime[] times = new ExecutionTime[40];
    for (int i = 0; i < times.length; i++) {
      double mean = least + (most - least) * (i + 0.5) / times.length;
      times[i] = ExecutionTime.of(mean, 0.3 * mean);
    }
    return times;
  }

  /// @param time what was predicted
  /// @param started nanoseconds
  private record Run(ExecutionTime time, long started) {}

  /// Many states of one pool, and how long a new task waited in each.
  private static final class Plays {
    private final SplittableRandom random;
    private final int kind;
    private final int slots;
    private final int queued;
    private final boolean together;
    private int count;
    private double waits;
    private double forecasts;
    private double variances;
    private double squares;
    private double means;

    Plays(int kind, int slots, double rounds, boolean together) {
      this.random = new SplittableRandom(31 * kind + slots);
      this.kind = kind;
      this.slots = slots;
      this.queued = (int) Math.ceil(rounds * slots);
      this.together = together;
    }

    double truth() {
      return waits / count;
    }

    double forecast() {
      return forecasts / count;
    }

    double forecastError() {
      return Math.sqrt(variances / count);
    }

    /// Standard deviation of the wait around its forecast.
    double unforeseen() {
      double bias = truth() - forecast();
      return Math.sqrt(squares / count - bias * bias);
    }

    double typical() {
      return means / count;
    }

    void run(int states) {
      for (int i = 0; i < states; i++) {
        play();
      }
    }

    private void play() {
      PoolForecast pool = new PoolForecast(0);
      double now = 6_000;
      PriorityQueue<Double> free = new PriorityQueue<>();
      for (int i = 0; i < slots; i++) {
        double start = together ? now : -random.nextDouble(1_500);
        ExecutionTime time = draw(kind, random);
        double end = start + time.quantile(random.nextDouble());
        while (end < now) {
          start = end;
          time = draw(kind, random);
          end = start + time.quantile(random.nextDouble());
        }
        free.add(end - now);
        pool.addBusy(time, Math.round(start * NANOS));
      }
      for (int i = 0; i < queued; i++) {
        ExecutionTime time = draw(kind, random);
        pool.add(time);
        free.add(free.remove() + time.quantile(random.nextDouble()));
      }
      observe(pool, free.remove(), Math.round(now * NANOS));
    }

    private void observe(PoolForecast pool, double wait, long now) {
      double forecast = pool.waitMean(slots, now);
      count++;
      waits += wait;
      forecasts += forecast;
      squares += (wait - forecast) * (wait - forecast);
      variances += pool.waitVariance(queued, slots, now);
      means += draw(kind, random).mean();
    }

    @Override
    public String toString() {
      return "kind %d, %d slots, %d queued, %s".formatted(kind, slots, queued, together);
    }
  }
}
