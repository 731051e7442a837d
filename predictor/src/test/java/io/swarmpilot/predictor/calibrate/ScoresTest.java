package io.swarmpilot.predictor.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.swarmpilot.predictor.model.Grids;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ScoresTest {
  private static final double[] UNIFORM = Arrays.stream(Grids.fine()).map(p -> 100 * p).toArray();

  @Test
  void pinballIsTheMeanOfTheLossesByDefinition() {
    SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < 1_000; round++) {
      double[] quantiles = random.doubles(UNIFORM.length, 0, 100).sorted().toArray();
      double value = random.nextDouble(-20, 120);
      double sum = 0;
      for (int k = 0; k < quantiles.length; k++) {
        double probability = Grids.fine()[k];
        double over = value - quantiles[k];
        sum += Math.max(probability * over, (probability - 1) * over);
      }
      assertThat(Scores.pinball(quantiles, value)).isCloseTo(sum / 17, within(1e-9));
    }
  }

  @Test
  void crpsIsTheDistanceOfTheDistributionFunctions() {
    for (double value = -10; value <= 110; value += 7.3) {
      double integral = 0;
      double step = 0.01;
      for (double x = -20; x < 120; x += step) {
        double distance = Math.clamp(x / 100, 0, 1) - (x >= value ? 1 : 0);
        integral += step * distance * distance;
      }
      assertThat(Scores.crps(UNIFORM, value)).as("at %s", value).isCloseTo(integral, within(0.3));
    }
  }

  @Test
  void probabilityIsThatOfTheDistribution() {
    for (double value = 1; value <= 99; value += 0.5) {
      assertThat(Scores.probability(UNIFORM, value)).isCloseTo(value / 100, within(1e-12));
    }
    assertThat(Scores.probability(UNIFORM, 0)).isEqualTo(0.005);
    assertThat(Scores.probability(UNIFORM, 1_000)).isEqualTo(0.995);
  }

  @Test
  void whereQuantilesCoincideTheMiddleCounts() {
    double[] constant = new double[UNIFORM.length];
    Arrays.fill(constant, 10);

    assertThat(Scores.probability(constant, 10)).isEqualTo(0.5);
    assertThat(Scores.normal(constant, 10)).isZero();
    assertThat(Scores.normal(constant, 10.1)).isGreaterThan(2.3);
  }

  @Test
  void normalScoresOfCalibratedPredictionsHaveMeanZeroAndVarianceOne() {
    SplittableRandom random = new SplittableRandom(2);
    double[] scores =
        random.doubles(50_000, 0, 100).map(value -> Scores.normal(UNIFORM, value)).toArray();

    assertThat(Arrays.stream(scores).average().orElseThrow()).isCloseTo(0, within(0.02));
    assertThat(Arrays.stream(scores).map(z -> z * z).average().orElseThrow())
        .isCloseTo(1, within(0.03));
  }
}
