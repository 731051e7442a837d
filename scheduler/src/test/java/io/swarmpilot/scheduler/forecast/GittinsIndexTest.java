package io.swarmpilot.scheduler.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/// The index against its definition.
final class GittinsIndexTest {
  /// Where a tenth of the tasks ends at the same moment, three parts of 32 do.
  @Test
  void itIsTheLeastRatioOfTimeSpentToChanceOfEnding() {
    for (long seed = 0; seed < 300; seed++) {
      ExecutionTime time = ExecutionTimeTest.random(new SplittableRandom(seed));
      assertThat(GittinsIndex.of(time))
          .as("seed %d", seed)
          .isCloseTo(slow(time), Percentage.withPercentage(7));
    }
  }

  /// Tries every one of two thousand horizons on as many equally likely values.
  private static double slow(ExecutionTime time) {
    int parts = 2_000;
    double least = time.mean();
    double below = 0;
    for (int k = 0; k < parts; k++) {
      double horizon = time.quantile((k + 0.5) / parts);
      below += horizon;
      double spent = (below + (parts - k - 1) * horizon) / parts;
      // Not before the first of 32 equally likely parts has ended, where curves are guesses.
      if (k >= parts / 32 - 1) {
        least = Math.min(least, spent / ((k + 1.0) / parts));
      }
    }
    return least;
  }

  @Test
  void itIsTheMeanWhereWaitingTellsNothing() {
    assertThat(GittinsIndex.of(ExecutionTime.of(100, 0))).isEqualTo(100);
    assertThat(GittinsIndex.of(ExecutionTime.of(0, 0))).isZero();
    double[] probabilities = new double[99];
    double[] values = new double[99];
    for (int k = 0; k < 99; k++) {
      probabilities[k] = (k + 1) / 100.0;
      values[k] = -100 * Math.log(1 - probabilities[k]);
    }
    ExecutionTime exponential = ExecutionTime.of(100, 100, probabilities, values);
    assertThat(GittinsIndex.of(exponential)).isCloseTo(100, within(1.0));
  }

  @Test
  void itIsSmallForWhatIsProbablyShort() {
    ExecutionTime time =
        ExecutionTime.of(
            505, 495, new double[] {0.01, 0.5, 0.51, 0.99}, new double[] {10, 10, 1_000, 1_000});
    assertThat(GittinsIndex.of(time)).isCloseTo(20, within(0.5));
  }
}
