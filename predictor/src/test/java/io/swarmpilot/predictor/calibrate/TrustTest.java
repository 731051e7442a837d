package io.swarmpilot.predictor.calibrate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TrustTest {
  private final Trust trust = new Trust();

  @Test
  void aModelThatIsWorseIsGivenUpAfterAHundredExecutions() {
    assertThat(changes(2, 1, 99)).isZero();
    assertThat(trust.isTrusted()).isTrue();
    assertThat(changes(2, 1, 1)).isOne();
    assertThat(trust.isTrusted()).isFalse();
  }

  @Test
  void oneThatIsBetterAgainIsBelievedAgain() {
    changes(2, 1, 100);
    assertThat(changes(0.5, 1, 100)).isOne();
    assertThat(trust.isTrusted()).isTrue();
  }

  @Test
  void equalsDoNotTakeTurns() {
    assertThat(changes(1.05, 1, 500)).isZero();
    changes(2, 1, 100);
    assertThat(trust.isTrusted()).isFalse();
    assertThat(changes(1.05, 1, 500)).isZero();
  }

  @Test
  void roundingIsNoLoss() {
    assertThat(changes(1e-13, 0, 500)).isZero();
    assertThat(trust.isTrusted()).isTrue();
  }

  private int changes(double model, double other, int times) {
    int changes = 0;
    for (int i = 0; i < times; i++) {
      changes += trust.compare(model, other) ? 1 : 0;
    }
    return changes;
  }
}
