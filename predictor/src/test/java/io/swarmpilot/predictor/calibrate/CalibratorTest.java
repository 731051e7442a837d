package io.swarmpilot.predictor.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.swarmpilot.predictor.model.Grids;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// A model that is far too sure, and a load that doubles after [#DRIFT] executions.
class CalibratorTest {
  private static final int RUNS = 20;
  private static final int START = 2_000;
  private static final int DRIFT = 10_000;
  private static final int RECOVERED = DRIFT + 500;
  private static final int END = 12_000;

  /// Logarithms: the model says 0 ± 0.15, the truth is 0 ± 0.25 with some stragglers.
  private static final double[] STATED = normal(0.15);

  private final List<double[]> stated = new ArrayList<>();
  private final List<Double> actual = new ArrayList<>();
  private int drifts;

  @Test
  void statedIntervalsHoldBeforeADriftAndWithinFiveHundredExecutionsAfterIt() {
    for (int run = 0; run < RUNS; run++) {
      runOnce(run);
    }
    assertThat(drifts).as("one drift a run, and no false alarm").isEqualTo(RUNS);
    for (Range range : List.of(new Range(START, DRIFT), new Range(RECOVERED, END))) {
      assertThat(coverage(range, 3)).as("80 %% in %s", range).isCloseTo(0.80, within(0.015));
      assertThat(coverage(range, 2)).as("90 %% in %s", range).isCloseTo(0.90, within(0.015));
      assertThat(coverage(range, 1)).as("95 %% in %s", range).isCloseTo(0.95, within(0.015));
    }
  }

  @Test
  void trackingFollowsADriftFasterThanARollingWindowAndIsAsGoodWhenNothingChanges() {
    double[] loss = new double[4];
    for (int run = 0; run < RUNS; run++) {
      Calibrator tracking = new Calibrator();
      RollingWindow rolling = new RollingWindow();
      List<Double> times = times(run);
      for (int i = 0; i < RECOVERED; i++) {
        double time = times.get(i);
        int part = i < DRIFT ? 0 : 2;
        if (i >= START) {
          loss[part] += Scores.pinball(tracking.calibration().apply(STATED), time);
          loss[part + 1] += Scores.pinball(rolling.apply(STATED), time);
        }
        tracking.learn(STATED, time);
        rolling.learn(STATED, time);
      }
    }
    assertThat(loss[0] / loss[1]).as("steady").isBetween(0.98, 1.02);
    assertThat(loss[2] / loss[3]).as("in the 500 executions after the drift").isLessThan(0.6);
  }

  @Test
  void quantilesAreWiderRightAfterADriftAndNotForLong() {
    Calibrator calibrator = new Calibrator();
    List<Double> times = times(1);
    int at = 0;
    boolean drift = false;
    while (!drift) {
      assertThat(calibrator.calibration().isWidened()).isFalse();
      drift = calibrator.learn(STATED, times.get(at++));
    }
    assertThat(at).isBetween(DRIFT, DRIFT + 50);
    assertThat(calibrator.calibration().isWidened()).isTrue();
    for (int i = 0; i < 100; i++) {
      calibrator.learn(STATED, times.get(at++));
    }
    assertThat(calibrator.calibration().isWidened()).isFalse();
  }

  @Test
  void aStartFromPastExecutionsNeedsNoLearning() {
    double[] past = times(3).subList(0, 1_000).stream().mapToDouble(time -> time + 2).toArray();
    double[][] said = new double[past.length][];
    Arrays.fill(said, STATED);
    Calibration calibration = Calibrator.startedFrom(said, past).calibration();

    double[] quantiles = calibration.apply(STATED);
    assertThat(quantiles[8]).as("the median").isCloseTo(2, within(0.05));
    assertThat(quantiles[13] - quantiles[3]).as("80 %%").isCloseTo(2 * 1.2816 * 0.25, within(0.07));
  }

  @Test
  void timesThatNeverVaryAreNoDrift() {
    double[] constant = new double[STATED.length];
    Arrays.fill(constant, 3);
    Calibrator calibrator = new Calibrator();
    for (int i = 0; i < 5_000; i++) {
      assertThat(calibrator.learn(constant, 3.0001)).isFalse();
    }
    assertThat(calibrator.calibration().apply(constant)).isSorted();
  }

  @Test
  void whateverIsLearnedQuantilesAscendAndAreFinite() {
    SplittableRandom random = new SplittableRandom(4);
    Calibrator calibrator = new Calibrator();
    for (int i = 0; i < 20_000; i++) {
      double[] said = random.doubles(STATED.length, -100, 100).sorted().toArray();
      calibrator.learn(said, random.nextDouble(-50, 50));
      double[] quantiles = calibrator.calibration().apply(said);
      assertThat(quantiles).isSorted();
      assertThat(quantiles[0]).isFinite().isGreaterThanOrEqualTo(-60);
      assertThat(quantiles[16]).isFinite().isLessThanOrEqualTo(60);
    }
  }

  private void runOnce(int seed) {
    Calibrator calibrator = new Calibrator();
    for (double time : times(seed)) {
      stated.add(calibrator.calibration().apply(STATED));
      actual.add(time);
      drifts += calibrator.learn(STATED, time) ? 1 : 0;
    }
  }

  private record Range(int from, int to) {}

  /// Share of executions of all runs between the quantile at an index and its mirror image.
  private double coverage(Range range, int lower) {
    int held = 0;
    int count = 0;
    for (int run = 0; run < RUNS; run++) {
      for (int i = range.from; i < range.to; i++) {
        double[] quantiles = stated.get(run * END + i);
        double time = actual.get(run * END + i);
        held += time >= quantiles[lower] && time <= quantiles[16 - lower] ? 1 : 0;
        count++;
      }
    }
    return (double) held / count;
  }

  private static List<Double> times(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Double> times = new ArrayList<>();
    for (int i = 0; i < END; i++) {
      double straggling = random.nextInt(100) == 0 ? random.nextDouble() : 0;
      times.add((i < DRIFT ? 0 : Math.log(2)) + 0.25 * random.nextGaussian() + straggling);
    }
    return times;
  }

  private static double[] normal(double spread) {
    double[] scores = {
      -2.3263, -1.96, -1.6449, -1.2816, -0.8416, -0.6745, -0.5244, -0.2533, 0, 0.2533, 0.5244,
      0.6745, 0.8416, 1.2816, 1.6449, 1.96, 2.3263
    };
    assertThat(scores).hasSameSizeAs(Grids.fine());
    return Arrays.stream(scores).map(z -> spread * z).toArray();
  }
}
