package io.swarmpilot.predictor.calibrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DriftDetectorTest {
  private static final double MOST = 2.6652;

  @Test
  void calibratedExecutionsRaiseNoAlarm() {
    for (int seed = 0; seed < 50; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      DriftDetector detector = new DriftDetector();
      for (int i = 0; i < 20_000; i++) {
        assertThat(detector.add(score(random, 0))).as("seed %s, %s", seed, i).isFalse();
      }
    }
  }

  /// How widely the logarithms of the times scatter: 20 %, 30 %, 40 % of the time.
  @ParameterizedTest
  @ValueSource(doubles = {0.2, 0.3, 0.4})
  void timesThatDoubleOrHalveAreNoticedWithinFiftyExecutions(double spread) {
    for (int seed = 0; seed < 200; seed++) {
      for (double shift : new double[] {Math.log(2) / spread, -Math.log(2) / spread}) {
        SplittableRandom random = new SplittableRandom(seed);
        DriftDetector detector = new DriftDetector();
        for (int i = 0; i < 500; i++) {
          detector.add(score(random, 0));
        }
        int needed = 1;
        while (!detector.add(score(random, shift))) {
          needed++;
        }
        assertThat(needed).as("seed %s", seed).isLessThanOrEqualTo(50);
      }
    }
  }

  private static double score(SplittableRandom random, double shift) {
    return Math.clamp(shift + random.nextGaussian(), -MOST, MOST);
  }
}
