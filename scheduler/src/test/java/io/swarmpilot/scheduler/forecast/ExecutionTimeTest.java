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
  void theHarmonicMeanIsThatOfTheTimesItStandsFor() {
    // Of a log-normal it is exp(μ - σ²/2), with mean exp(μ + σ²/2).
    double sigma = 0.5;
    double error = 1_000 * Math.sqrt(Math.expm1(sigma * sigma));
    assertThat(ExecutionTime.of(1_000, error).harmonicMean())
        .isCloseTo(1_000 * Math.exp(-sigma * sigma), within(15.0));
    assertThat(ExecutionTime.of(1_000, error).scaled(2).harmonicMean())
        .isCloseTo(2_000 * Math.exp(-sigma * sigma), within(30.0));
    assertThat(ExecutionTime.of(70, 0).harmonicMean()).isCloseTo(70, within(1e-9));
    assertThat(ExecutionTime.of(0, 0).harmonicMean()).isZero();
  }

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

  /// Against the quantile function integrated in small steps, finer towards its tail.
  @Test
  void momentsOfTheResidualAreExact() {
    for (long seed = 0; seed < 60; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      ExecutionTime time = random(random);
      double elapsed = random.nextInt(3) == 0 ? 0 : random.nextDouble(1.2) * time.quantile(0.9);
      double[] integrals = new double[3];
      double mass = 1;
      for (int part = 0; part < 20; part++) {
        double width = part < 19 ? mass / 2 : mass;
        for (int k = 0; k < 2_000; k++) {
          double left = time.residualQuantile(elapsed, 1 - mass + width * (k + 0.5) / 2_000);
          integrals[0] += width / 2_000 * left;
          integrals[1] += width / 2_000 * left * left;
          integrals[2] += width / 2_000 * left * left * left;
        }
        mass -= width;
      }
      Moments residual = time.residual(elapsed);
      double mean = integrals[0];
      double variance = integrals[1] - mean * mean;
      double third = integrals[2] - 3 * mean * variance - mean * mean * mean;
      String what = "seed %d, after %s".formatted(seed, elapsed);
      double scale = mean + 1e-3;
      assertThat(residual.mean()).as(what).isCloseTo(mean, within(1e-3 * scale));
      assertThat(residual.variance()).as(what).isCloseTo(variance, within(3e-3 * scale * scale));
      assertThat(residual.third())
          .as(what)
          .isCloseTo(third, within(0.02 * Math.abs(third) + 2e-3 * scale * scale * scale));
    }
  }

  @Test
  void thirdMomentIsTheSkewnessOfTheQuantilesAtTheStatedError() {
    for (double variation : new double[] {0.1, 0.3, 0.5}) {
      double skewness =
          ExecutionTime.of(100, 100 * variation).third() / Math.pow(100 * variation, 3);
      double logNormal = variation * (3 + variation * variation);
      assertThat(skewness)
          .as("of %s", variation)
          .isCloseTo(logNormal, within(0.12 * logNormal + 0.02));
    }
    ExecutionTime early =
        ExecutionTime.of(80, 20, new double[] {0.1, 0.5, 1}, new double[] {20, 90, 95});
    assertThat(early.third()).isNegative();
    assertThat(ExecutionTime.of(100, 0).third()).isZero();
    assertThat(ExecutionTime.of(0, 0).third()).isZero();
    assertThat(ExecutionTime.of(100, 1e-5).third()).isFinite();
  }

  @Test
  void exceedsIsTheInverseOfTheQuantile() {
    for (long seed = 0; seed < 60; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      ExecutionTime time = random(random);
      for (int k = 0; k < 50; k++) {
        double at = random.nextDouble(3) * time.mean();
        double probability = time.exceeds(at);
        assertThat(probability).as("seed %d", seed).isBetween(0.0, 1.0);
        if (probability > 1e-6 && probability < 1) {
          assertThat(time.quantile(1 - probability))
              .as("seed %d", seed)
              .isCloseTo(at, within(1e-6 * (at + time.mean())));
        }
      }
      assertThat(time.exceeds(-1)).isOne();
      assertThat(time.exceeds(Double.NaN)).isZero();
      assertThat(time.exceeds(Double.POSITIVE_INFINITY)).isZero();
    }
    ExecutionTime certain = ExecutionTime.of(100, 0);
    assertThat(certain.exceeds(99)).isOne();
    assertThat(certain.exceeds(100)).isZero();
  }

  @Test
  void strataOfTheResidualAreItsQuantiles() {
    for (long seed = 0; seed < 100; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      ExecutionTime time = random(random);
      double elapsed = random.nextDouble(1.5) * time.quantile(0.9);
      double[] strata = new double[ExecutionTime.STRATA];
      time.residualAtStrata(2 * elapsed, 2, strata);
      for (int k = 0; k < strata.length; k++) {
        double expected = 2 * time.residualQuantile(elapsed, ExecutionTime.middleOf(k));
        assertThat(strata[k])
            .as("seed %d, stratum %d", seed, k)
            .isCloseTo(expected, within(1e-9 * (1 + expected + elapsed)));
      }
    }
  }

  @Test
  void scaledTimesAreAsMuchLongerInEveryRespect() {
    for (long seed = 0; seed < 40; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      ExecutionTime time = random(random);
      double times = 0.2 + random.nextDouble(5);
      ExecutionTime scaled = time.scaled(times).scaled(1);
      double at = random.nextDouble(2) * time.mean();
      Moments residual = time.residual(at);
      Moments scaledResidual = scaled.residual(times * at);
      assertThat(
              new double[] {
                scaled.mean(),
                scaled.error(),
                Math.cbrt(scaled.third()),
                scaled.quantile(0.7),
                scaled.residualQuantile(times * at, 0.4),
                scaledResidual.mean(),
                scaledResidual.error(),
                Math.cbrt(scaledResidual.third()),
                times * scaled.exceeds(times * at)
              })
          .as("seed %d", seed)
          .containsExactly(
              new double[] {
                times * time.mean(),
                times * time.error(),
                times * Math.cbrt(time.third()),
                times * time.quantile(0.7),
                times * time.residualQuantile(at, 0.4),
                times * residual.mean(),
                times * residual.error(),
                times * Math.cbrt(residual.third()),
                times * time.exceeds(at)
              },
              within(1e-6 * times * time.mean()));
    }
  }

  @Test
  void numbersWithoutMeasureAreBounded() {
    for (double[] moments :
        new double[][] {{1e300, 1e300}, {1e-300, 1e10}, {1e10, 1e-300}, {0, 9}}) {
      ExecutionTime time = ExecutionTime.of(moments[0], moments[1]);
      String what = Arrays.toString(moments);
      assertThat(time.mean()).as(what).isLessThanOrEqualTo(ExecutionTime.MOST);
      assertThat(time.third()).as(what).isFinite();
      assertThat(time.quantile(0.9)).as(what).isFinite();
      assertThat(time.residual(5).mean()).as(what).isFinite().isNotNegative();
      assertThat(time.residual(5).third()).as(what).isFinite();
    }
  }

  @Test
  void whatCrossesALittleIsRepaired() {
    double[] probabilities = {0.1, 0.5, 0.9};
    ExecutionTime repaired =
        ExecutionTime.repaired(100, 30, probabilities, new double[] {100, 95, 150}).orElseThrow();
    assertThat(repaired.quantile(0.1)).isEqualTo(95);
    assertThat(repaired.quantile(0.5)).isEqualTo(100);
    assertThat(repaired.quantile(0.9)).isEqualTo(150);
    assertThat(ExecutionTime.repaired(100, 30, new double[0], new double[0])).isPresent();
    assertThat(ExecutionTime.repaired(0, 0, new double[0], new double[0])).isPresent();
  }

  @Test
  void whatIsOfNoUseIsNothing() {
    double nan = Double.NaN;
    double infinite = Double.POSITIVE_INFINITY;
    double[][][] bad = {
      {{nan, 1}, {}, {}},
      {{1, nan}, {}, {}},
      {{-1, 1}, {}, {}},
      {{1, -1}, {}, {}},
      {{infinite, 1}, {}, {}},
      {{1, infinite}, {}, {}},
      {{1, 1}, {0.5}, {1, 2}},
      {{1, 1}, {0.5, 0.9}, {1}},
      {{1, 1}, {0.5}, {}},
      {{1, 1}, {0.5, 0.5}, {1, 2}},
      {{1, 1}, {0.9, 0.5}, {1, 2}},
      {{1, 1}, {0.5, 1.5}, {1, 2}},
      {{1, 1}, {-0.5, 0.5}, {1, 2}},
      {{1, 1}, {nan, 0.5}, {1, 2}},
      {{1, 1}, {0.5, 0.9}, {1, nan}},
      {{1, 1}, {0.5, 0.9}, {nan, 1}},
      {{1, 1}, {0.5, 0.9}, {1, infinite}},
      {{1, 1}, {0.5, 0.9}, {-1, 2}},
      {{1, 1}, {0.5, 0.9}, {100, 80}},
      {{1, 1}, {0.1, 0.5, 0.9}, {100, 95, 89}},
    };
    for (double[][] numbers : bad) {
      assertThat(ExecutionTime.repaired(numbers[0][0], numbers[0][1], numbers[1], numbers[2]))
          .as(Arrays.deepToString(numbers))
          .isEmpty();
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
