package io.swarmpilot.scheduler.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// What is learned from executions whose slowdown and common errors are known.
final class SlowdownEstimateTest {
  @Test
  void assumesNothingAtFirst() {
    SlowdownEstimate estimate = new SlowdownEstimate();
    assertThat(estimate.slowdown()).isOne();
    assertThat(estimate.scatter()).isOne();
    assertThat(estimate.correlation()).isEqualTo(SlowdownEstimate.PRIOR_CORRELATION);
  }

  @Test
  void aPredictorThatIsRightShowsNoSlowdownHoweverWideItsDistributions() {
    for (double variation : new double[] {0.1, 0.5, 1.5}) {
      SplittableRandom random = new SplittableRandom(3);
      double sum = 0;
      for (int run = 0; run < 200; run++) {
        SlowdownEstimate estimate = new SlowdownEstimate();
        for (int i = 0; i < 100; i++) {
          ExecutionTime time = time(random, variation);
          estimate.completed(time, time.quantile(random.nextDouble()));
        }
        sum += Math.log(estimate.slowdown());
      }
      assertThat(sum / 200).as("variation %s", variation).isCloseTo(0, within(0.04));
    }
  }

  @Test
  void findsTheSlowdownAndForgetsIt() {
    SplittableRandom random = new SplittableRandom(5);
    SlowdownEstimate estimate = new SlowdownEstimate();
    observe(estimate, random, 3, 1);
    assertThat(estimate.slowdown()).as("one execution tells little").isBetween(1.05, 1.5);
    observe(estimate, random, 3, 150);
    assertThat(estimate.slowdown()).isCloseTo(3, within(0.5));
    observe(estimate, random, 0.5, 150);
    assertThat(estimate.slowdown()).isCloseTo(0.5, within(0.1));
  }

  @Test
  void isBounded() {
    SplittableRandom random = new SplittableRandom(6);
    SlowdownEstimate estimate = new SlowdownEstimate();
    observe(estimate, random, 1e9, 1_000);
    assertThat(estimate.slowdown()).isEqualTo(SlowdownEstimate.MOST);
    observe(estimate, random, 1e-9, 1_000);
    assertThat(estimate.slowdown()).isEqualTo(SlowdownEstimate.LEAST);
    assertThat(estimate.correlation()).isBetween(0.0, 0.9);
    assertThat(estimate.scatter()).isBetween(1.0, 10.0);
  }

  @Test
  void executionsOfNoKnownLengthArePassedOver() {
    SlowdownEstimate estimate = new SlowdownEstimate();
    for (double ms : new double[] {Double.NaN, 0, -5, Double.POSITIVE_INFINITY}) {
      estimate.completed(ExecutionTime.of(100, 20), ms);
    }
    estimate.completed(ExecutionTime.of(0, 0), 50);
    assertThat(estimate.slowdown()).isOne();
    assertThat(estimate.correlation()).isEqualTo(SlowdownEstimate.PRIOR_CORRELATION);
  }

  @Test
  void errorsThatComeInRunsAreCorrelatedAndOthersAreNot() {
    assertThat(meanCorrelation(0, 0)).as("independent").isLessThan(0.07);
    assertThat(meanCorrelation(0.3, 0.9)).as("some in common").isBetween(0.2, 0.6);
    assertThat(meanCorrelation(1, 0.9)).as("nearly all in common").isBetween(0.6, 0.9);
  }

  /// An instance whose speed drifts runs twenty queued tasks: their sum stays below its forecast
  /// 95th percentile nearly as often as that says, where independent errors would often exceed it.
  @Test
  void queuesOfADriftingInstanceAreCovered() {
    double[][] cases = {
      {0.1, 0, 0}, {0.1, 0.1, 0.9}, {0.3, 0.3, 0.9}, {0.3, 0.3, 0.998}, {1, 0.1, 0.98}
    };
    for (double[] c : cases) {
      Drift drift = new Drift(c[0], c[1], c[2]);
      drift.play(8);
      String what = "variation %s, drift %s, persistence %s".formatted(c[0], c[1], c[2]);
      assertThat(drift.coverage()).as(what).isBetween(0.885, 0.985);
      assertThat(drift.coverage()).as(what).isGreaterThan(drift.naiveCoverage());
    }
  }

  private static double meanCorrelation(double spread, double persistence) {
    SplittableRandom random = new SplittableRandom(8);
    double sum = 0;
    for (int run = 0; run < 50; run++) {
      SlowdownEstimate estimate = new SlowdownEstimate();
      double common = 0;
      for (int i = 0; i < 300; i++) {
        common =
            persistence * common
                + spread * Math.sqrt(1 - persistence * persistence) * random.nextGaussian();
        ExecutionTime time = time(random, 0.3);
        estimate.completed(time, Math.exp(common) * time.quantile(random.nextDouble()));
      }
      sum += estimate.correlation();
    }
    return sum / 50;
  }

  private static void observe(
      SlowdownEstimate estimate, SplittableRandom random, double slowdown, int count) {
    for (int i = 0; i < count; i++) {
      ExecutionTime time = time(random, 0.3);
      estimate.completed(time, slowdown * time.quantile(random.nextDouble()));
    }
  }

  private static ExecutionTime time(SplittableRandom random, double variation) {
    double mean = 50 + random.nextDouble(400);
    return ExecutionTime.of(mean, variation * mean);
  }

  /// An instance whose slowdown is an autoregressive process, and forecasts of its queues.
  private static final class Drift {
    private static final int QUEUE = 20;

    private final SplittableRandom random = new SplittableRandom(13);
    private final double variation;
    private final double spread;
    private final double persistence;
    private double level;
    private int queues;
    private int covered;
    private int naivelyCovered;

    Drift(double variation, double spread, double persistence) {
      this.variation = variation;
      this.spread = spread;
      this.persistence = persistence;
    }

    double coverage() {
      return (double) covered / queues;
    }

    double naiveCoverage() {
      return (double) naivelyCovered / queues;
    }

    void play(int instances) {
      for (int i = 0; i < instances; i++) {
        level = spread * random.nextGaussian();
        QueueForecast forecast = new QueueForecast();
        for (int queue = 0; queue < 60; queue++) {
          fill(forecast, queue >= 10);
        }
      }
    }

    private void fill(QueueForecast forecast, boolean counts) {
      ExecutionTime[] times = new ExecutionTime[QUEUE];
      Assignment[] assignments = new Assignment[QUEUE];
      double[] actual = new double[QUEUE];
      MomentSums naive = new MomentSums();
      double sum = 0;
      for (int i = 0; i < QUEUE; i++) {
        times[i] = time(random, variation);
        assignments[i] = forecast.add(times[i]);
        naive.add(forecast.slowdown(), times[i].mean(), square(times[i].error()), times[i].third());
        level =
            persistence * level
                + spread * Math.sqrt(1 - persistence * persistence) * random.nextGaussian();
        actual[i] = Math.exp(level) * times[i].quantile(random.nextDouble());
        sum += actual[i];
      }
      if (counts) {
        queues++;
        Moments wait = forecast.waitingTime(0);
        covered += sum <= Quantiles.of(wait, 0.95) ? 1 : 0;
        Moments independent = new Moments(naive.mean(), naive.variance(), naive.third());
        naivelyCovered += sum <= Quantiles.of(independent, 0.95) ? 1 : 0;
      }
      for (int i = 0; i < QUEUE; i++) {
        forecast.remove(assignments[i]);
        forecast.completed(times[i], actual[i]);
      }
    }

    private static double square(double x) {
      return x * x;
    }
  }
}
