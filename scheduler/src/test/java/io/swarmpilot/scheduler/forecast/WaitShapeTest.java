package io.swarmpilot.scheduler.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Quantiles of sums of skewed times, from three moments and from many draws.
final class WaitShapeTest {
  private static final double[] PROBABILITIES = {0.5, 0.95, 0.99};
  private static final double[] NODES = {0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.975, 0.99};
  private static final double[] SCORES = {-1.64, -1.28, -0.67, 0, 0.67, 1.28, 1.64, 1.96, 2.33};

  /// Mean absolute error, per cent, at the 50th, 95th and 99th percentile of queues of 1, 5, 20 and
  /// 100 tasks given by nine quantiles each. A single task has the shape that it has.
  @Test
  void threeMomentsSufficeForTheTailsOfQueues() {
    double[][] most = {{8, 2, 7}, {0.5, 1, 1.5}, {0.3, 0.4, 1}, {0.2, 0.3, 0.8}};
    int[] sizes = {1, 5, 20, 100};
    for (int i = 0; i < sizes.length; i++) {
      double[] errors = errors(sizes[i]);
      for (int j = 0; j < PROBABILITIES.length; j++) {
        String what = "%d tasks, at %s".formatted(sizes[i], PROBABILITIES[j]);
        assertThat(errors[j]).as(what).isLessThan(most[i][j]);
      }
    }
  }

  @Test
  void sharesMomentsWithWhatItStandsFor() {
    for (double skewness : new double[] {-3, -0.5, 0, 1e-5, 0.01, 1, 4}) {
      double mean = 0;
      double square = 0;
      double cube = 0;
      int steps = 5_000;
      Moments wait = new Moments(0, 1, skewness);
      for (int k = 0; k < steps; k++) {
        double x = Quantiles.of(wait, (k + 0.5) / steps);
        mean += x / steps;
        square += x * x / steps;
        cube += x * x * x / steps;
      }
      String what = "skewness " + skewness;
      assertThat(mean).as(what).isCloseTo(0, within(0.003));
      assertThat(square).as(what).isCloseTo(1, within(0.04));
      assertThat(cube).as(what).isCloseTo(skewness, within(0.01 + 0.25 * Math.abs(skewness)));
    }
  }

  private static double[] errors(int tasks) {
    SplittableRandom random = new SplittableRandom(tasks);
    int queues = 10;
    double[] errors = new double[PROBABILITIES.length];
    for (int queue = 0; queue < queues; queue++) {
      ExecutionTime[] times = new ExecutionTime[tasks];
      MomentSums sums = new MomentSums();
      for (int i = 0; i < tasks; i++) {
        times[i] = skewed(random);
        times[i].addResidual(-Double.MIN_VALUE, 1, sums);
      }
      double[] draws = new double[tasks < 100 ? 40_000 : 10_000];
      Arrays.setAll(draws, k -> draw(times, random));
      Arrays.sort(draws);
      Moments wait = new Moments(sums.mean(), sums.variance(), sums.third());
      for (int j = 0; j < PROBABILITIES.length; j++) {
        double truth = draws[(int) (PROBABILITIES[j] * draws.length)];
        double error = Math.abs(Quantiles.of(wait, PROBABILITIES[j]) / truth - 1);
        errors[j] += 100 * error / queues;
      }
    }
    return errors;
  }

  private static double draw(ExecutionTime[] times, SplittableRandom random) {
    double sum = 0;
    for (ExecutionTime time : times) {
      sum += time.quantile(random.nextDouble());
    }
    return sum;
  }

  /// A time whose logarithm is roughly normal, the upper half wider than the lower.
  private static ExecutionTime skewed(SplittableRandom random) {
    double median = 50 + random.nextDouble(400);
    double spread = 0.2 + random.nextDouble(0.4);
    double upper = spread * (1 + random.nextDouble(0.5));
    double[] values = new double[NODES.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = median * Math.exp(SCORES[i] * (SCORES[i] > 0 ? upper : spread));
    }
    return ExecutionTime.of(0, 0, NODES, values);
  }
}
