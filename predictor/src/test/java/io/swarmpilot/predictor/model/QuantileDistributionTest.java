package io.swarmpilot.predictor.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class QuantileDistributionTest {
  private static final QuantileDistribution FIVE =
      QuantileDistribution.of(
          new double[] {0.1, 0.25, 0.5, 0.75, 0.9}, new double[] {850, 1050, 1300, 1650, 2100});
  private static final QuantileDistribution FOUR =
      QuantileDistribution.of(
          new double[] {0.25, 0.5, 0.75, 0.99}, new double[] {100, 150, 200, 500});

  @Test
  void hasTheMomentsOfTheReference() {
    assertThat(FIVE.mean()).isCloseTo(1381.25, within(1e-9));
    assertThat(FIVE.standardDeviation()).isCloseTo(405.05, within(0.005));
    assertThat(FOUR.mean()).isCloseTo(189.0, within(1e-9));
    assertThat(FOUR.standardDeviation()).isCloseTo(110.2, within(0.05));
  }

  @Test
  void hasTheMomentsOfItsQuantileFunctionIntegratedNumerically() {
    SplittableRandom random = new SplittableRandom(7);
    for (int round = 0; round < 50; round++) {
      QuantileDistribution distribution = randomDistribution(random);
      int steps = 200_000;
      double sum = 0;
      double squares = 0;
      for (int i = 0; i < steps; i++) {
        double value = distribution.quantile((i + 0.5) / steps);
        sum += value;
        squares += value * value;
      }
      double mean = sum / steps;
      double deviation = Math.sqrt(Math.max(0, squares / steps - mean * mean));
      assertThat(distribution.mean()).as("round %d", round).isCloseTo(mean, within(0.05));
      assertThat(distribution.standardDeviation())
          .as("round %d", round)
          .isCloseTo(deviation, within(0.05));
    }
  }

  @Test
  void keepsTheDeviationOfTightDistributionsFarFromZero() {
    QuantileDistribution tight =
        QuantileDistribution.of(new double[] {0, 1}, new double[] {1e9, 1e9 + 1});

    assertThat(tight.standardDeviation()).isCloseTo(1 / Math.sqrt(12), within(1e-6));
  }

  @Test
  void interpolatesQuantilesAndIsFlatOutside() {
    assertThat(FIVE.quantile(0.5)).isEqualTo(1300);
    assertThat(FIVE.quantile(0.625)).isCloseTo(1475, within(1e-9));
    assertThat(FIVE.quantile(0)).isEqualTo(850);
    assertThat(FIVE.quantile(1)).isEqualTo(2100);
  }

  @Test
  void givesTheCentralInterval() {
    Interval eighty = FIVE.centralInterval(0.8);

    assertThat(eighty.lower()).isCloseTo(850, within(1e-9));
    assertThat(eighty.upper()).isCloseTo(2100, within(1e-9));
    assertThat(FIVE.centralInterval(0.5)).isEqualTo(new Interval(1050, 1650));
  }

  @Test
  void resamplesItsQuantileFunction() {
    assertThat(FOUR.at(0.1, 0.5, 0.9))
        .isEqualTo(
            QuantileDistribution.of(
                new double[] {0.1, 0.5, 0.9}, new double[] {100, 150, FOUR.quantile(0.9)}));
  }

  @Test
  void isNotChangedThroughTheArraysItWasMadeFrom() {
    double[] probabilities = {0.5};
    double[] values = {10};
    QuantileDistribution distribution = QuantileDistribution.of(probabilities, values);
    probabilities[0] = 0.1;
    values[0] = 99;

    assertThat(distribution.probability(0)).isEqualTo(0.5);
    assertThat(distribution.value(0)).isEqualTo(10);
  }

  static Stream<Arguments> broken() {
    return Stream.of(
        Arguments.of(new double[] {}, new double[] {}, "no quantiles"),
        Arguments.of(new double[] {0.5}, new double[] {1, 2}, "as many"),
        Arguments.of(new double[] {0.5, 0.5}, new double[] {1, 2}, "quantiles do not ascend"),
        Arguments.of(new double[] {0.9, 0.1}, new double[] {1, 2}, "quantiles do not ascend"),
        Arguments.of(new double[] {0.1, 0.9}, new double[] {2, 1}, "predictions do not ascend"),
        Arguments.of(new double[] {-0.1}, new double[] {1}, "within 0 and 1"),
        Arguments.of(new double[] {1.1}, new double[] {1}, "within 0 and 1"),
        Arguments.of(new double[] {Double.NaN}, new double[] {1}, "within 0 and 1"),
        Arguments.of(new double[] {0.5}, new double[] {-1}, "finite time"),
        Arguments.of(new double[] {0.5}, new double[] {Double.NaN}, "finite time"),
        Arguments.of(new double[] {0.5}, new double[] {Double.POSITIVE_INFINITY}, "finite time"));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void refusesWhatIsNoQuantileFunction(double[] probabilities, double[] values, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> QuantileDistribution.of(probabilities, values))
        .withMessageContaining(message);
  }

  private static QuantileDistribution randomDistribution(SplittableRandom random) {
    int size = random.nextInt(1, 8);
    double[] probabilities = random.doubles(size).sorted().toArray();
    double[] values = random.doubles(size, 0, 1_000).sorted().toArray();
    return QuantileDistribution.of(Arrays.stream(probabilities).distinct().toArray(), values);
  }
}
