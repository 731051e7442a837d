package io.swarmpilot.scheduler.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/// The skill of predictors that are known to be good or bad.
final class PredictorSkillTest {
  /// Spread of the logarithm of actual times.
  private static final double SPREAD = 1;

  private final SplittableRandom random = new SplittableRandom(11);
  private final PredictorSkill skill = new PredictorSkill();

  @Test
  void startsWithTheBenefitOfTheDoubt() {
    observe(29, actual -> 100);
    assertThat(skill.skill()).isOne();
    observe(1, actual -> 100);
    assertThat(skill.skill()).isZero();
  }

  @Test
  void perfectAndBiasedPredictionsTellEverything() {
    observe(2_000, actual -> actual);
    assertThat(skill.skill()).isCloseTo(1, within(1e-9));
    PredictorSkill biased = new PredictorSkill();
    for (int i = 0; i < 2_000; i++) {
      double actual = actual();
      biased.completed(7 * actual, actual);
    }
    assertThat(biased.skill()).isCloseTo(1, within(1e-9));
  }

  /// Noise of spread σ on a logarithm of spread 1 leaves a correlation of 1 / √(1 + σ²).
  @Test
  void noiseCostsWhatItShould() {
    for (double noise : new double[] {0.3, 1}) {
      observe(20_000, actual -> actual * Math.exp(noise * random.nextGaussian()));
      assertThat(skill.skill())
          .as("noise %s", noise)
          .isCloseTo(1 / Math.sqrt(1 + noise * noise), within(0.08));
    }
  }

  @Test
  void uselessPredictionsTellNothing() {
    observe(5_000, actual -> 250);
    assertThat(skill.skill()).as("constant").isZero();
    observe(5_000, actual -> actual());
    assertThat(skill.skill()).as("unrelated").isLessThan(0.15);
    observe(5_000, actual -> 1e6 / actual);
    assertThat(skill.skill()).as("inverted").isZero();
  }

  @Test
  void forgetsWithinAFewThousandExecutions() {
    observe(20_000, actual -> actual);
    observe(2_500, actual -> 250);
    assertThat(skill.skill()).as("good, then constant").isLessThan(0.15);
    observe(2_500, actual -> actual);
    assertThat(skill.skill()).as("good again").isGreaterThan(0.9);
  }

  @Test
  void equalTimesTestNoPredictor() {
    for (int i = 0; i < 1_000; i++) {
      skill.completed(100 + i % 7, 50);
    }
    assertThat(skill.skill()).isOne();
  }

  @Test
  void timesThatAreNoneArePassedOver() {
    observe(1_000, actual -> actual);
    double before = skill.skill();
    double[] bad = {Double.NaN, 0, -1, Double.POSITIVE_INFINITY};
    for (double ms : bad) {
      skill.completed(ms, 5);
      skill.completed(5, ms);
    }
    assertThat(skill.skill()).isEqualTo(before);
  }

  private void observe(int count, DoubleUnaryOperator prediction) {
    for (int i = 0; i < count; i++) {
      double actual = actual();
      skill.completed(prediction.applyAsDouble(actual), actual);
    }
  }

  private double actual() {
    return 1_000 * Math.exp(SPREAD * random.nextGaussian());
  }
}
