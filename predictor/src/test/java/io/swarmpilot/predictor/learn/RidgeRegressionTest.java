package io.swarmpilot.predictor.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RidgeRegressionTest {
  @Test
  void findsTheWeightsOfALaw() {
    RandomGenerator random = new SplittableRandom(1);
    double[][] rows = rows(2_000, random);
    double[] outcome = outcome(rows, 0.01, random);

    RidgeRegression fit = RidgeRegression.fit(rows, outcome, 1e-6);

    assertThat(fit.weights().get(0)).isCloseTo(2, within(0.01));
    assertThat(fit.weights().get(1)).isCloseTo(-0.5, within(0.01));
    assertThat(fit.weights().get(2)).isCloseTo(0, within(0.01));
  }

  @Test
  void aResidualIsThatOfAFitWithoutTheRow() {
    RandomGenerator random = new SplittableRandom(2);
    double[][] rows = rows(40, random);
    double[] outcome = outcome(rows, 0.5, random);

    RidgeRegression all = RidgeRegression.fit(rows, outcome, 0.5);

    for (int left = 0; left < rows.length; left++) {
      int out = left;
      int[] others = IntStream.range(0, rows.length).filter(i -> i != out).toArray();
      RidgeRegression without =
          RidgeRegression.fit(
              IntStream.of(others).mapToObj(i -> rows[i]).toArray(double[][]::new),
              IntStream.of(others).mapToDouble(i -> outcome[i]).toArray(),
              0.5);
      // The ridge is in units of the columns' spread, which shifts a little without the row.
      assertThat(all.residuals().get(out))
          .isCloseTo(outcome[out] - value(without, rows[out]), within(0.02));
    }
  }

  @Test
  void aColumnThatDoesNotVaryHasNoWeight() {
    double[][] rows = {{1, 7}, {2, 7}, {3, 7}, {4, 7}};
    RidgeRegression fit = RidgeRegression.fit(rows, new double[] {1, 2, 3, 4}, 1e-9);

    assertThat(fit.weights().get(0)).isCloseTo(1, within(1e-6));
    assertThat(fit.weights().get(1)).isZero();
  }

  private static double value(RidgeRegression fit, double[] row) {
    double value = fit.intercept();
    for (int i = 0; i < row.length; i++) {
      value += fit.weights().get(i) * (row[i] - fit.means().get(i));
    }
    return value;
  }

  private static double[][] rows(int count, RandomGenerator random) {
    double[][] rows = new double[count][3];
    for (double[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        row[i] = random.nextGaussian();
      }
    }
    return rows;
  }

  private static double[] outcome(double[][] rows, double noise, RandomGenerator random) {
    double[] outcome = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      outcome[i] = 3 + 2 * rows[i][0] - 0.5 * rows[i][1] + noise * random.nextGaussian();
    }
    return outcome;
  }
}
