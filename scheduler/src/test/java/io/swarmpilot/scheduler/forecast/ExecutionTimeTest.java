package io.swarmpilot.scheduler.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/// Distributions against samples of them.
final class ExecutionTimeTest {
  private static final int SAMPLES = 200_000;

  @Test
  void momentsAreThoseOfItsQuantiles() {
    for (double error : new double[] {10, 50, 120}) {
      ExecutionTime time = ExecutionTime.of(100, error);
      double[] samples = samples(time, error == 120 ? 5 : 1);
      assertThat(Arrays.stream(samples).average().orElseThrow())
          .as("error %s", error)
          .isCloseTo(100, Percentage.withPercentage(2));
      assertThat(Math.sqrt(variance(samples)))
          .as("error %s", error)
          .isCloseTo(error, Percentage.withPercentage(15));
    }
  }

  @Test
  void residualIsWhatIsLeftOfThoseThatLastLonger() {
    for (long seed = 0; seed < 60; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      ExecutionTime time = random(random);
      double[] samples = samples(time, seed);
      double elapsed = time.quantile(random.nextDouble(0.95)) * random.nextDouble(1.1);
      double[] left =
          Arrays.stream(samples).filter(s -> s > elapsed).map(s -> s - elapsed).toArray();
      Moments residual = time.residual(elapsed);
      double mean = Arrays.stream(left).average().orElseThrow();
      double spread = Math.sqrt(variance(left));
      double noise = 5 * spread / Math.sqrt(left.length);
      assertThat(residual.mean()).as("mean, seed %d", seed).isCloseTo(mean, within(noise + 0.01));
      assertThat(residual.error())
          .as("error, seed %d", seed)
          .isCloseTo(spread, within(0.05 * spread + noise + 0.01));
    }
  }

  @Test
  void residualQuantilesAreThoseOfTheResidual() {
    for (long seed = 0; seed < 60; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      ExecutionTime time = random(random);
      double elapsed = time.quantile(random.nextDouble(0.99)) * random.nextDouble(1.3);
      double sum = 0;
      for (int k = 0; k < SAMPLES; k++) {
        sum += time.residualQuantile(elapsed, (k + 0.5) / SAMPLES);
      }
      assertThat(sum / SAMPLES)
          .as("seed %d", seed)
          .isCloseTo(time.residual(elapsed).mean(), within(0.01 * time.mean() + 0.01));
    }
  }

  @Test
  void somethingIsLeftOfATaskThatOutranAllItsQuantiles() {
    ExecutionTime time = ExecutionTime.of(100, 0);
    assertThat(time.residual(40)).isEqualTo(new Moments(60, 0));
    assertThat(time.residual(1_000).mean()).isPositive();
    assertThat(ExecutionTime.of(100, 50).residual(10_000).mean()).isGreaterThan(10);
  }

  @Test
  void badNumbersAreRefused() {
    double nan = Double.NaN;
    double[][][] bad = {
      {{nan, 1}, {}, {}},
      {{1, nan}, {}, {}},
      {{-1, 1}, {}, {}},
      {{1, Double.POSITIVE_INFINITY}, {}, {}},
      {{1, 1}, {0.5}, {}},
      {{1, 1}, {0.5, 0.4}, {1, 2}},
      {{1, 1}, {0.4, 0.5}, {2, 1}},
      {{1, 1}, {0.4, 0.5}, {1, nan}},
      {{1, 1}, {0.4, 1.5}, {1, 2}},
      {{1, 1}, {0.5}, {-3}},
    };
    for (double[][] numbers : bad) {
      assertThatThrownBy(
              () -> ExecutionTime.of(numbers[0][0], numbers[0][1], numbers[1], numbers[2]))
          .as(Arrays.deepToString(numbers))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  static ExecutionTime random(SplittableRandom random) {
    double mean = 1 + random.nextDouble(500);
    if (random.nextBoolean()) {
      return ExecutionTime.of(mean, random.nextDouble(1.2) * mean);
    }
    double[] probabilities = {0.1, 0.25, 0.5, 0.75, 0.9};
    double[] values = random.doubles(5, 0, 2 * mean).sorted().toArray();
    return ExecutionTime.of(mean, mean / 2, probabilities, values);
  }

  private static double[] samples(ExecutionTime time, long seed) {
    SplittableRandom random = new SplittableRandom(seed + 99);
    return random.doubles(SAMPLES).map(time::quantile).toArray();
  }

  private static double variance(double[] samples) {
    double mean = Arrays.stream(samples).average().orElseThrow();
    return Arrays.stream(samples).map(s -> (s - mean) * (s - mean)).average().orElseThrow();
  }
}
