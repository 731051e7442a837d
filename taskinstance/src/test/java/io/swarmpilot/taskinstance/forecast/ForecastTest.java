package io.swarmpilot.taskinstance.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForecastTest {
  @Test
  void isExactlyZeroWithAnIdleSlot() {
    assertThat(StartForecast.of(1, List.of(new Estimate(50, 5)), List.of()))
        .isEqualTo(Estimate.ZERO);
    assertThat(StartForecast.of(0, List.of(), List.of())).isEqualTo(Estimate.ZERO);
  }

  @Test
  void addsMeansAndVariancesOfOneSlot() {
    Estimate start =
        StartForecast.of(
            0, List.of(new Estimate(100, 3)), List.of(new Estimate(10, 4), new Estimate(20, 0)));

    assertThat(start.meanMs()).isEqualTo(130);
    assertThat(start.sdMs()).isCloseTo(5, within(1e-12));
  }

  @Test
  void letsEveryTaskStartWhereASlotIsFreeFirst() {
    for (long seed = 0; seed < 300; seed++) {
      RandomGenerator random = new SplittableRandom(seed);
      List<Estimate> running = estimates(random, random.nextInt(1, 6));
      List<Estimate> waiting = estimates(random, random.nextInt(20));

      double[] freeAt = running.stream().mapToDouble(Estimate::meanMs).toArray();
      for (Estimate task : waiting) {
        Arrays.sort(freeAt);
        freeAt[0] += task.meanMs();
      }
      Arrays.sort(freeAt);

      assertThat(StartForecast.of(0, running, waiting).meanMs())
          .as("seed %d", seed)
          .isCloseTo(freeAt[0], within(1e-6));
    }
  }

  @ParameterizedTest
  @CsvSource({"100, 50, 10", "100, 50, 100", "100, 50, 180", "100, 120, 300", "20, 2, 21"})
  void knowsWhatIsLeftOfARunningTask(double mean, double sd, double elapsed) {
    Estimate rest = Residual.after(new Estimate(mean, sd), elapsed);

    double cv = sd / mean;
    double sigma = Math.sqrt(Math.log1p(cv * cv));
    RandomGenerator random = new SplittableRandom(5);
    List<Double> rests = new ArrayList<>();
    for (int i = 0; i < 2_000_000; i++) {
      double total = mean * Math.exp(sigma * random.nextGaussian() - sigma * sigma / 2);
      if (total > elapsed) {
        rests.add(total - elapsed);
      }
    }
    double average = rests.stream().mapToDouble(x -> x).average().orElseThrow();
    double variance =
        rests.stream().mapToDouble(x -> (x - average) * (x - average)).average().orElseThrow();

    assertThat(rest.meanMs()).isCloseTo(average, within(average * 0.03));
    assertThat(rest.sdMs()).isCloseTo(Math.sqrt(variance), within(Math.sqrt(variance) * 0.08));
  }

  @Test
  void staysFiniteAndPositiveHoweverOverdueATaskIs() {
    for (double elapsed = 1; elapsed < 1e12; elapsed *= 1.7) {
      for (double sd : new double[] {0, 1, 100, 10_000}) {
        Estimate rest = Residual.after(new Estimate(100, sd), elapsed);
        assertThat(rest.meanMs()).as("after %s of 100±%s", elapsed, sd).isPositive();
      }
    }
  }

  @Test
  void tellsTheWholeOfATaskThatJustBegan() {
    assertThat(Residual.after(new Estimate(80, 9), 0)).isEqualTo(new Estimate(80, 9));
    assertThat(Residual.after(Estimate.ZERO, 5)).isEqualTo(Estimate.ZERO);
  }

  @Test
  void learnsFromTheLastExecutions() {
    RecentDurations recent = new RecentDurations();
    Estimate prior = new Estimate(1, 2);
    assertThat(recent.estimate(prior)).isEqualTo(prior);

    recent.add(10);
    assertThat(recent.estimate(prior)).isEqualTo(new Estimate(10, 10));

    recent.add(20);
    assertThat(recent.estimate(prior).meanMs()).isEqualTo(15);
    assertThat(recent.estimate(prior).sdMs()).isCloseTo(Math.sqrt(50), within(1e-9));

    for (int i = 0; i < 256; i++) {
      recent.add(7);
    }
    assertThat(recent.estimate(prior)).isEqualTo(new Estimate(7, 0));

    recent.clear();
    assertThat(recent.estimate(prior)).isEqualTo(prior);
  }

  private static List<Estimate> estimates(RandomGenerator random, int count) {
    List<Estimate> estimates = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      estimates.add(new Estimate(random.nextDouble(1, 100), random.nextDouble(10)));
    }
    return estimates;
  }
}
