package io.swarmpilot.scheduler.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// How often sums of times with common errors stay below their quantiles.
final class CommonErrorTest {
  private static final int PLAYS = 10_000;
  private static final int QUEUES = 4;

  @Test
  void ninetyFivePercentAreNinetyFivePercentAtAnyCorrelation() {
    for (double correlation : new double[] {0, 0.2, 0.5}) {
      for (int tasks : new int[] {1, 5, 20, 50}) {
        double coverage = coverage(correlation, tasks, true);
        String what = "correlation %s, %d tasks".formatted(correlation, tasks);
        assertThat(coverage).as(what).isBetween(0.94, 0.96);
      }
    }
  }

  @Test
  void takingErrorsForIndependentWouldCoverMuchLess() {
    assertThat(coverage(0.2, 20, false)).isLessThan(0.91);
    assertThat(coverage(0.5, 20, false)).isLessThan(0.82);
  }

  private static double coverage(double correlation, int tasks, boolean common) {
    SplittableRandom random = new SplittableRandom(tasks);
    int covered = 0;
    for (int queue = 0; queue < QUEUES; queue++) {
      ExecutionTime[] times = new ExecutionTime[tasks];
      MomentSums sums = new MomentSums();
      for (int i = 0; i < tasks; i++) {
        double mean = 50 + random.nextDouble(400);
        times[i] = ExecutionTime.of(mean, (0.1 + random.nextDouble(0.6)) * mean);
        times[i].addResidual(0, 1, sums);
      }
      double assumed = common ? correlation : 0;
      double most = Quantiles.of(forecast(assumed, sums), 0.95);
      for (int play = 0; play < PLAYS; play++) {
        covered += draw(times, correlation, random) <= most ? 1 : 0;
      }
    }
    return (double) covered / (QUEUES * PLAYS);
  }

  private static Moments forecast(double correlation, MomentSums sums) {
    return new Moments(
        sums.mean(),
        CommonError.variance(correlation, sums.variance(), sums.deviation()),
        CommonError.third(
            correlation, sums.mean(), sums.variance(), sums.third(), sums.deviation()));
  }

  /// A sum of times whose normal scores have this correlation.
  private static double draw(ExecutionTime[] times, double correlation, SplittableRandom random) {
    double common = Math.sqrt(correlation) * random.nextGaussian();
    double sum = 0;
    for (ExecutionTime time : times) {
      double score = common + Math.sqrt(1 - correlation) * random.nextGaussian();
      sum += time.quantile(Tables.normal(score));
    }
    return sum;
  }
}
