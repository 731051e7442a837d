package io.swarmpilot.scheduler.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// Probabilities of a late completion against playing queue and task many times.
final class CompletionRiskTest {
  private static final double INFINITE = Double.POSITIVE_INFINITY;

  @Test
  void behindTasksOfLittleUncertainty() {
    compare(r -> time(r, 0.05, 0.5), new double[] {0.015, 0.015, 0.015, 0.015});
  }

  @Test
  void behindSkewedTasks() {
    compare(r -> time(r, 0.5, 1.5), new double[] {0.08, 0.05, 0.03, 0.02});
  }

  /// Three moments do not tell the shape of a single odd task; they do for a few.
  @Test
  void behindTasksOfOddShapes() {
    compare(CompletionRiskTest::odd, new double[] {0.15, 0.05, 0.02, 0.015});
  }

  @Test
  void exactWithoutAWait() {
    for (long seed = 0; seed < 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      ExecutionTime time = ExecutionTimeTest.random(random);
      double within = random.nextDouble(4) * time.mean();
      assertThat(CompletionRisk.of(0, 0, 0, time, 1, within))
          .as("seed %d", seed)
          .isEqualTo(time.exceeds(within));
      double certain = random.nextDouble(1_000);
      assertThat(CompletionRisk.of(certain, 0, 0, time, 1, certain + within))
          .as("certain wait, seed %d", seed)
          .isCloseTo(time.exceeds(within), within(1e-9));
    }
  }

  @Test
  void slowerInstancesTakeAsMuchLonger() {
    ExecutionTime time = ExecutionTime.of(100, 60);
    for (double within = 50; within < 2_000; within *= 1.1) {
      assertThat(CompletionRisk.of(300, 8_000, 1e5, time, 2.5, within))
          .isCloseTo(CompletionRisk.of(300, 8_000, 1e5, time.scaled(2.5), 1, within), within(1e-9));
    }
  }

  @Test
  void neverRisesWithTheTimeLeftAndStaysWithinZeroAndOne() {
    for (long seed = 0; seed < 100; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      ExecutionTime time = odd(random);
      double error = random.nextDouble(400);
      double skewness = random.nextDouble(-3, 6);
      double before = 1;
      for (double within = -100; within < 4_000; within += 13) {
        double risk =
            CompletionRisk.of(
                500, error * error, skewness * error * error * error, time, 1, within);
        assertThat(risk).as("seed %d, within %s", seed, within).isBetween(0.0, before + 1e-9);
        before = risk;
      }
    }
  }

  @Test
  void nothingChangesSuddenlyWhereTheWaitBecomesUncertain() {
    ExecutionTime time = ExecutionTime.of(200, 100);
    for (double within = 350; within < 1_500; within += 7) {
      double certain = CompletionRisk.of(300, 9.99 * 9.99, 0, time, 1, within);
      double uncertain = CompletionRisk.of(300, 10.01 * 10.01, 0, time, 1, within);
      assertThat(uncertain).as("within %s", within).isCloseTo(certain, within(0.05));
    }
  }

  @Test
  void unknownNumbersAreInfinite() {
    ExecutionTime time = ExecutionTime.of(100, 50);
    double nan = Double.NaN;
    double[][] cases = {
      // wait, variance, third, within, risk
      {nan, 1, 0, 500, 1},
      {INFINITE, 1, 0, 500, 1},
      {10, nan, 0, 500, 1},
      {10, INFINITE, 0, 500, 1},
      {10, 1, 0, nan, 0},
      {10, 1, 0, INFINITE, 0},
      {nan, nan, nan, nan, 0},
      {10, 1, 0, -INFINITE, 1},
      {10, 1, 0, 0, 1},
      {10, -1, 0, 1e9, 0},
    };
    for (double[] c : cases) {
      assertThat(CompletionRisk.of(c[0], c[1], c[2], time, 1, c[3]))
          .as(Arrays.toString(c))
          .isCloseTo(c[4], within(1e-6));
    }
    assertThat(CompletionRisk.of(300, 1e4, nan, time, 1, 400)).isBetween(0.3, 0.7);
  }

  /// For queues of 1, 5, 20 and 100 tasks, the first of them running.
  ///
  /// @param most how far a probability may be off for each, 0.01 of it for the noise of the plays
  private static void compare(Function<SplittableRandom, ExecutionTime> kind, double[] most) {
    int[] sizes = {1, 5, 20, 100};
    for (int i = 0; i < sizes.length; i++) {
      for (long seed = 0; seed < 8; seed++) {
        SplittableRandom random = new SplittableRandom(seed);
        double scale = new double[] {0.2, 1, 1, 3}[(int) seed % 4];
        Play play = new Play(kind, sizes[i], scale, random);
        double[] ends = play.ends(20_000);
        for (double probability : new double[] {0.05, 0.2, 0.5, 0.8, 0.95, 0.99}) {
          double within = ends[(int) (probability * ends.length)];
          double risk = play.risk(within);
          String what = "%d tasks, seed %d, at %s".formatted(sizes[i], seed, probability);
          assertThat(risk).as(what).isCloseTo(1 - probability, within(most[i]));
        }
      }
    }
  }

  private static ExecutionTime time(SplittableRandom random, double from, double to) {
    double mean = 50 + random.nextDouble(400);
    return own(ExecutionTime.of(mean, random.nextDouble(from, to) * mean));
  }

  private static ExecutionTime odd(SplittableRandom random) {
    double[] probabilities = {0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.975, 0.99};
    double mean = 50 + random.nextDouble(400);
    double[] values = random.doubles(9, 0.2 * mean, 2.5 * mean).sorted().toArray();
    Moments own = ExecutionTime.of(0, 0, probabilities, values).residual(0);
    return ExecutionTime.of(own.mean(), own.error(), probabilities, values);
  }

  /// The same time, stated with the moments that its quantile function has.
  private static ExecutionTime own(ExecutionTime time) {
    double[] values = Arrays.stream(LogNormal.probabilities()).map(time::quantile).toArray();
    Moments moments = time.residual(0);
    return ExecutionTime.of(moments.mean(), moments.error(), LogNormal.probabilities(), values);
  }

  /// A queue, and a task behind it.
  private static final class Play {
    private static final long NOW = 5_000_000_000L;

    private final SplittableRandom random;
    private final QueueForecast forecast = new QueueForecast(0);
    private final ExecutionTime[] ahead;
    private final double elapsed;
    private final ExecutionTime task;

    Play(
        Function<SplittableRandom, ExecutionTime> kind,
        int tasks,
        double scale,
        SplittableRandom random) {
      this.random = random;
      this.task = kind.apply(random);
      this.ahead = new ExecutionTime[tasks];
      Arrays.setAll(ahead, i -> kind.apply(random).scaled(scale));
      this.elapsed = random.nextDouble(0.5) * ahead[0].mean();
      for (int i = 0; i < tasks; i++) {
        Assignment added = forecast.add(ahead[i]);
        if (i == 0) {
          forecast.start(added, NOW - Math.round(elapsed * 1e6));
        }
      }
    }

    double risk(double within) {
      return CompletionRisk.of(
          forecast.waitMean(NOW),
          forecast.waitVariance(NOW),
          forecast.waitThird(NOW),
          task,
          1,
          within);
    }

    double[] ends(int plays) {
      double[] ends = new double[plays];
      for (int play = 0; play < plays; play++) {
        double end = task.quantile(random.nextDouble());
        end += ahead[0].residualQuantile(elapsed, random.nextDouble());
        for (int i = 1; i < ahead.length; i++) {
          end += ahead[i].quantile(random.nextDouble());
        }
        ends[play] = end;
      }
      Arrays.sort(ends);
      return ends;
    }
  }
}
