package io.swarmpilot.scheduler.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/// Tables against the functions they stand for.
final class TablesTest {
  @Test
  void normalDistribution() {
    // Simpson's rule over the density, from far below.
    double step = 1e-3;
    double below = 0;
    for (double x = -9; x < 8; x += step) {
      if (x > -8) {
        assertThat(Tables.normal(x)).as("at %s", x).isCloseTo(below, within(1e-5));
        assertThat(Normal.below(x)).as("at %s", x).isCloseTo(below, within(1e-7));
      }
      below += step / 6 * (density(x) + 4 * density(x + step / 2) + density(x + step));
    }
    assertThat(Tables.normal(Double.NEGATIVE_INFINITY)).isZero();
    assertThat(Tables.normal(Double.POSITIVE_INFINITY)).isOne();
    assertThat(Tables.normal(Double.NaN)).isZero();
  }

  @Test
  void logarithm() {
    for (double x = 1e-9; x < 1e9; x *= 1.000_37) {
      assertThat(Tables.log(x)).as("of %s", x).isCloseTo(Math.log(x), within(2e-6));
    }
  }

  private static double density(double x) {
    return Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
  }
}
