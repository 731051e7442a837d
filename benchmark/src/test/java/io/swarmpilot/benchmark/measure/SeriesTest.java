package io.swarmpilot.benchmark.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class SeriesTest {
  private static final double[] FAST = draw(9_000, 5, 1);
  private static final double[] SLOW = draw(300, 400, 2);

  @Test
  void quantilesAreThoseOfNearestRank() {
    Series tenths = Series.of(100, 200, 300, 400, 500, 600, 700, 800, 900, 1_000);
    assertThat(tenths.quantileMs(0.5)).isCloseTo(500, within(0.5));
    assertThat(tenths.quantileMs(0.51)).isCloseTo(600, within(0.6));
    assertThat(tenths.quantileMs(1)).isCloseTo(1_000, within(1.0));
    assertThat(tenths.meanMs()).isCloseTo(550, within(0.5));
  }

  @Test
  void aMergedSeriesIsThatOfTheJoinedSamples() {
    Series merged = Series.of(FAST).plus(Series.of(SLOW));
    Series joined =
        Series.of(DoubleStream.concat(DoubleStream.of(FAST), DoubleStream.of(SLOW)).toArray());
    for (double share : new double[] {0.5, 0.9, 0.95, 0.99, 0.999, 1}) {
      assertThat(merged.quantileMs(share)).isEqualTo(joined.quantileMs(share));
    }
    // The mean of the two 99th percentiles is far from the 99th of all.
    double averaged = (Series.of(FAST).quantileMs(0.99) + Series.of(SLOW).quantileMs(0.99)) / 2;
    assertThat(averaged).isGreaterThan(1.5 * joined.quantileMs(0.99));
  }

  @Test
  void survivesBeingSent() {
    Series series = Series.of(FAST);
    Series read = Series.decode(series.encode());
    assertThat(read.count()).isEqualTo(FAST.length);
    assertThat(read.quantileMs(0.99)).isEqualTo(series.quantileMs(0.99));
    assertThat(Series.decode(Series.EMPTY.encode()).isEmpty()).isTrue();
  }

  @Test
  void refusesWhatIsNoHistogram() {
    assertThatThrownBy(() -> Series.decode(new byte[] {1, 2, 3}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Series.decode(new byte[100]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void nothingIsZero() {
    assertThat(Series.EMPTY.quantileMs(0.99)).isZero();
    assertThat(Series.EMPTY.meanMs()).isZero();
    assertThat(Series.EMPTY.plus(Series.EMPTY).isEmpty()).isTrue();
  }

  private static double[] draw(int count, double mean, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return DoubleStream.generate(() -> mean * random.nextExponential()).limit(count).toArray();
  }
}
