package io.swarmpilot.benchmark.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// What ends runs and searches early.
class EarlyEndTest {
  @Test
  void aServerThatFallsBehindIsSaturated() {
    Saturation saturation = new Saturation();
    SplittableRandom random = new SplittableRandom(1);
    int seconds = 0;
    boolean saturated = false;
    while (!saturated && seconds < 100) {
      seconds++;
      saturated = saturation.add(20 * seconds + random.nextInt(10), seconds + random.nextDouble());
    }
    assertThat(seconds).isBetween(15, 20);
  }

  @Test
  void aServerThatIsOnlyBusyIsNot() {
    for (int seed = 0; seed < 20; seed++) {
      Saturation saturation = new Saturation();
      SplittableRandom random = new SplittableRandom(seed);
      for (int second = 0; second < 500; second++) {
        assertThat(saturation.add(100 + random.nextInt(50), 1 + random.nextDouble())).isFalse();
      }
    }
  }

  @Test
  void silenceIsNoRise() {
    Saturation saturation = new Saturation();
    for (int second = 0; second < 60; second++) {
      assertThat(saturation.add(10 * second, Double.NaN)).isFalse();
    }
  }

  @Test
  void tooManyFailuresOfTheLastHundredAreNoticed() {
    ErrorRate rate = new ErrorRate(0.1);
    for (int i = 0; i < 1_000; i++) {
      assertThat(rate.add(i % 10 == 0)).isFalse();
    }
    int more = 0;
    while (!rate.add(true)) {
      more++;
    }
    assertThat(more).isLessThan(3);
  }

  @Test
  void withoutALimitAnyNumberMayFail() {
    ErrorRate rate = new ErrorRate(1);
    for (int i = 0; i < 1_000; i++) {
      assertThat(rate.add(true)).isFalse();
    }
  }

  @Test
  void theSearchFindsWhatIsBorne() {
    for (double capacity : new double[] {0.3, 7, 1_234}) {
      RateSearch search = new RateSearch(10, 0.05);
      int tries = 0;
      while (!search.isOver()) {
        search.tried(search.next() <= capacity);
        tries++;
      }
      assertThat(search.highest()).isCloseTo(capacity, withinPercentage(5));
      assertThat(search.highest()).isLessThanOrEqualTo(capacity);
      assertThat(tries).isLessThan(20);
    }
  }

  @Test
  void aServerThatBearsNothingEndsTheSearch() {
    RateSearch search = new RateSearch(10, 0.1);
    while (!search.isOver()) {
      search.tried(false);
    }
    assertThat(search.highest()).isZero();
  }
}
