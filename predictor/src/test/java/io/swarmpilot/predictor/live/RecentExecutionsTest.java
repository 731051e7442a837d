package io.swarmpilot.predictor.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.swarmpilot.predictor.feature.Features;
import io.swarmpilot.predictor.model.Interval;
import io.swarmpilot.predictor.model.Method;
import io.swarmpilot.predictor.model.ModelIdentity;
import io.swarmpilot.predictor.model.Prediction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RecentExecutionsTest {
  private final RecentExecutions recent = new RecentExecutions(ModelIdentity.ofType("m"));

  @Test
  void quantilesAreThoseOfTheLastWindowOfEachBucket() {
    for (long seed = 0; seed < 20; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      RecentExecutions executions = new RecentExecutions(ModelIdentity.ofType("m"));
      List<double[]> history = new ArrayList<>();
      int count = random.nextInt(100, 2_000);
      for (int i = 0; i < count; i++) {
        double size = Math.pow(10, random.nextInt(1, 4));
        double time = size * Math.exp(random.nextGaussian());
        history.add(new double[] {size, time});
        executions.add(Features.of(Map.of("input_tokens", size)), time);
      }
      for (double size : new double[] {10, 100, 1_000}) {
        double[] expected =
            history.subList(Math.max(0, count - RecentExecutions.WINDOW), count).stream()
                .filter(execution -> execution[0] == size)
                .mapToDouble(execution -> execution[1])
                .sorted()
                .toArray();
        assertThat(expected.length).isGreaterThanOrEqualTo(EmpiricalDistribution.ENOUGH);
        Prediction prediction = predict(executions, Map.of("input_tokens", size));
        for (int i = 0; i < prediction.distribution().size(); i++) {
          double probability = prediction.distribution().probability(i);
          double value = interpolated(expected, probability);
          assertThat(prediction.distribution().value(i))
              .as("seed %d, size %s, quantile %s", seed, size, probability)
              .isCloseTo(value, within(1e-9 * value));
        }
        double mean = Arrays.stream(expected).average().orElseThrow();
        assertThat(prediction.mean()).as("seed %d", seed).isCloseTo(mean, within(1e-9 * mean));
      }
    }
  }

  @Test
  void theNextExecutionStaysWithinTheIntervalAsOftenAsItSays() {
    SplittableRandom random = new SplittableRandom(12);
    int held = 0;
    int rounds = 4_000;
    for (int round = 0; round < rounds; round++) {
      RecentExecutions executions = new RecentExecutions(ModelIdentity.ofType("m"));
      for (int i = 0; i < 25; i++) {
        executions.add(Features.NONE, Math.exp(random.nextGaussian()));
      }
      Interval interval = predict(executions, Map.of()).distribution().centralInterval(0.8);
      double next = Math.exp(random.nextGaussian());
      held += next >= interval.lower() && next <= interval.upper() ? 1 : 0;
    }

    assertThat((double) held / rounds).isCloseTo(0.8, within(0.02));
  }

  @Test
  void followsAShiftWithinAFewHundredReports() {
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 2_000; i++) {
      recent.add(Features.NONE, 100 * Math.exp(0.1 * random.nextGaussian()));
    }
    assertThat(predict(recent, Map.of()).distribution().quantile(0.5)).isCloseTo(100, within(3.0));

    for (int i = 0; i < 300; i++) {
      recent.add(Features.NONE, 200 * Math.exp(0.1 * random.nextGaussian()));
    }
    assertThat(predict(recent, Map.of()).distribution().quantile(0.5)).isBetween(170.0, 210.0);

    for (int i = 0; i < 212; i++) {
      recent.add(Features.NONE, 200 * Math.exp(0.1 * random.nextGaussian()));
    }
    assertThat(predict(recent, Map.of()).distribution().quantile(0.05)).isGreaterThan(150);
  }

  @Test
  void carriesExecutionsOverToASizeNotSeenYet() {
    SplittableRandom random = new SplittableRandom(6);
    for (int i = 0; i < 400; i++) {
      double tokens = 16 * Math.exp(3 * random.nextDouble());
      recent.add(
          Features.of(Map.of("input_tokens", tokens, "priority", random.nextDouble())),
          tokens * 0.23 * Math.exp(0.05 * random.nextGaussian()));
    }

    Prediction beyond = predict(recent, Map.of("input_tokens", 500.0));
    assertThat(beyond.mean()).isCloseTo(0.23 * 500, within(0.23 * 500 * 0.15));
    assertThat(beyond.standardDeviation() / beyond.mean()).isLessThan(0.2);
    assertThat(predict(recent, Map.of("input_tokens", 1e9)).mean())
        .as("nothing is extrapolated beyond a factor of two")
        .isLessThan(0.23 * 321 * 2 * 1.3);
  }

  @Test
  void twoSizesCountTogether() {
    SplittableRandom random = new SplittableRandom(8);
    for (int i = 0; i < 500; i++) {
      double in = 10 * Math.exp(5 * random.nextDouble());
      double out = 10 * Math.exp(5 * random.nextDouble());
      recent.add(
          Features.of(Map.of("input_tokens", in, "output_tokens", out)), 0.1 * Math.sqrt(in) * out);
    }

    double expected = 0.1 * Math.sqrt(300) * 900;
    assertThat(predict(recent, Map.of("input_tokens", 300.0, "output_tokens", 900.0)).mean())
        .isCloseTo(expected, within(0.15 * expected));
  }

  @Test
  void whatTheTaskDoesNotStateStaysUncertain() {
    for (int i = 0; i < 400; i++) {
      recent.add(
          Features.of(Map.of("output_tokens", i % 2 == 0 ? 10.0 : 1_000.0)), i % 2 == 0 ? 1 : 100);
    }

    Prediction unknown = predict(recent, Map.of());
    assertThat(unknown.mean()).isCloseTo(50.5, within(1e-9));
    assertThat(predict(recent, Map.of("output_tokens", 10.0)).mean()).isCloseTo(1, within(1e-9));
  }

  @Test
  void sizeDoesNotMatterWhereItDidNot() {
    SplittableRandom random = new SplittableRandom(9);
    for (int i = 0; i < 200; i++) {
      recent.add(Features.of(Map.of("n", 1 + 100 * random.nextDouble())), 50);
    }

    assertThat(predict(recent, Map.of("n", 1e6)).mean()).isCloseTo(50, within(1e-6));
  }

  @Test
  void aFeatureThatAppearsLaterIsLearned() {
    for (int i = 0; i < 100; i++) {
      recent.add(Features.NONE, 10);
    }
    for (int i = 0; i < 512; i++) {
      double n = i % 2 == 0 ? 100 : 10_000;
      recent.add(Features.of(Map.of("n", n)), n);
    }

    assertThat(predict(recent, Map.of("n", 100.0)).mean()).isCloseTo(100, within(1e-9));
    assertThat(predict(recent, Map.of("n", 10_000.0)).mean()).isCloseTo(10_000, within(1e-6));
  }

  @Test
  void meaninglessNumbersDoNotKeepMeaningfulOnesOut() {
    recent.add(Features.of(Map.of("a", 1.0, "b", 2.0, "c", 3.0, "d", 4.0, "e", 5.0)), 10);
    for (int i = 0; i < 100; i++) {
      double bytes = i % 2 == 0 ? 100 : 10_000;
      recent.add(Features.of(Map.of("input_bytes", bytes)), bytes);
    }
    assertThat(predict(recent, Map.of("input_bytes", 100.0)).mean()).isCloseTo(100, within(1e-9));

    for (int i = 0; i < 2 * RecentExecutions.WINDOW; i++) {
      double z = i % 2 == 0 ? 100 : 10_000;
      recent.add(Features.of(Map.of("z", z)), z);
    }
    assertThat(predict(recent, Map.of("z", 100.0)).mean()).isCloseTo(100, within(1e-9));
  }

  @Test
  void oneExecutionIsNoCertainty() {
    recent.add(Features.NONE, 100);

    Prediction prediction = predict(recent, Map.of());
    assertThat(prediction.distribution().quantile(0.5)).isCloseTo(100, within(1e-9));
    assertThat(prediction.standardDeviation()).isGreaterThan(20);
  }

  @Test
  void survivesTheMostExtremeNumbers() {
    for (int i = 0; i < 64; i++) {
      recent.add(
          Features.of(Map.of("n", i % 2 == 0 ? Double.MAX_VALUE : -Double.MAX_VALUE)),
          i % 2 == 0 ? Double.MAX_VALUE : Double.MIN_VALUE);
    }

    assertThat(predict(recent, Map.of("n", 0.0)).mean()).isFinite();
    assertThat(predict(recent, Map.of("n", Double.MAX_VALUE)).standardDeviation()).isFinite();
  }

  private static Prediction predict(RecentExecutions executions, Map<String, Double> features) {
    return EmpiricalDistribution.of(executions.logTimesFor(Features.of(features)), Method.LIVE, 1);
  }

  private static double interpolated(double[] sorted, double probability) {
    double position =
        Math.max(0, Math.min(sorted.length - 1, probability * (sorted.length + 1) - 1));
    int below = (int) Math.floor(position);
    int above = (int) Math.ceil(position);
    return sorted[below] * (1 - (position - below)) + sorted[above] * (position - below);
  }
}
