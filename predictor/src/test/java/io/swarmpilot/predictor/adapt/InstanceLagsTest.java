package io.swarmpilot.predictor.adapt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.swarmpilot.predictor.learn.Lag;
import org.junit.jupiter.api.Test;

class InstanceLagsTest {
  private final InstanceLags lags = new InstanceLags();

  @Test
  void nothingIsKnownAtFirst() {
    assertThat(lags.typical()).isEqualTo(Lag.NONE);
    assertThat(lags.of("a")).isEqualTo(Lag.NONE);
  }

  @Test
  void eachInstanceHasItsOwnAndATypicalOneTheMean() {
    lags.add("a", 1, 100);
    lags.add("b", 0, 101);

    assertThat(lags.of("a")).isEqualTo(new Lag(1, 1));
    assertThat(lags.of("b")).isEqualTo(new Lag(0, 0));
    assertThat(lags.of("never heard of")).isEqualTo(new Lag(0.5, 0.5)).isEqualTo(lags.of(""));
  }

  @Test
  void whoWasNotHeardOfForFiveMinutesDoesNotCount() {
    lags.add("a", 1, 100);
    lags.add("b", 0, 401);

    assertThat(lags.typical()).isEqualTo(new Lag(0, 0));
    assertThat(lags.of("a")).isEqualTo(new Lag(0, 0));
  }

  @Test
  void lateReportsDoNotTurnTimeBack() {
    lags.add("b", 0, 1_000);
    lags.add("a", 1, 100);

    assertThat(lags.typical()).isEqualTo(new Lag(0, 0));
  }

  @Test
  void thousandsOfInstancesAreBounded() {
    for (int i = 0; i < 3_000; i++) {
      lags.add("i" + i, i < 1_976 ? 5 : 1, i / 100.0);
    }
    assertThat(lags.typical().last()).as("of the last 1,024").isCloseTo(1, within(1e-9));
  }
}
