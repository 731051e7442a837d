package io.swarmpilot.scheduler.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/// Forecasts against waits of known distribution.
final class WaitCalibrationTest {
  private static final double RELATIVE_ERROR = 0.2;

  private final SplittableRandom random = new SplittableRandom(1);
  private final WaitCalibration calibration = new WaitCalibration();

  @Test
  void whatIsForecastWellStays() {
    double held = held(mean -> mean * (1 + RELATIVE_ERROR * random.nextGaussian()));
    assertThat(held).isBetween(0.93, 0.97);
    Moments applied = calibration.apply(1_000, square(RELATIVE_ERROR * 1_000));
    assertThat(applied.mean()).isCloseTo(1_000, within(60.0));
    assertThat(applied.error()).isBetween(190.0, 260.0);
  }

  @Test
  void whereShortTasksOvertakeTheStatedErrorHolds() {
    double held = held(mean -> 0.4 * mean * random.nextExponential());
    assertThat(held).as("share of waits within two of the stated errors").isBetween(0.92, 0.98);
    Moments applied = calibration.apply(1_000, square(RELATIVE_ERROR * 1_000));
    assertThat(applied.mean()).isCloseTo(400, within(120.0));
    assertThat(applied.error()).isBetween(250.0, 600.0);
  }

  @Test
  void aChangeIsFollowedWithinTwoHundredWaits() {
    double _ = held(mean -> mean);
    for (int i = 0; i < 200; i++) {
      calibration.started(500, 0, 1_500);
    }
    assertThat(calibration.apply(500, 0).mean()).isCloseTo(1_500, within(300.0));
  }

  @Test
  void aNewOrderStartsFromTheForecast() {
    double _ = held(mean -> 5 * mean);
    assertThat(calibration.apply(100, 25).mean()).isGreaterThan(300);
    calibration.reset();
    assertThat(calibration.apply(100, 25)).isEqualTo(new Moments(100, 25));
  }

  @Test
  void aFewWaitsTellLittle() {
    calibration.started(100, 0, 1_000);
    assertThat(calibration.apply(100, 0).mean()).isBetween(101.0, 250.0);
  }

  @Test
  void whatIsNoForecastTellsNothing() {
    double[] bad = {0, -1, Double.NaN, Double.POSITIVE_INFINITY, 1e300};
    for (double mean : bad) {
      calibration.started(mean, 1, 100);
    }
    calibration.started(100, Double.NaN, 100);
    calibration.started(100, Double.POSITIVE_INFINITY, 100);
    assertThat(calibration.apply(100, 25)).isEqualTo(new Moments(100, 25));
    calibration.started(100, 25, 300);
    assertThat(calibration.apply(0, 0)).isEqualTo(Moments.ZERO);
    assertThat(calibration.apply(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY).mean())
        .isEqualTo(Double.POSITIVE_INFINITY);
  }

  /// Share of waits within two of the errors stated when they were foretold, of the later ones of
  /// many at queues of very different length.
  private double held(DoubleUnaryOperator wait) {
    int judged = 4_000;
    int held = 0;
    for (int i = 0; i < 2 * judged; i++) {
      double mean = 10 * Math.exp(4 * random.nextDouble());
      double variance = square(RELATIVE_ERROR * mean);
      Moments foretold = calibration.apply(mean, variance);
      double actual = wait.applyAsDouble(mean);
      if (i >= judged && Math.abs(actual - foretold.mean()) <= 2 * foretold.error()) {
        held++;
      }
      calibration.started(mean, variance, actual);
    }
    return (double) held / judged;
  }

  private static double square(double value) {
    return value * value;
  }
}
