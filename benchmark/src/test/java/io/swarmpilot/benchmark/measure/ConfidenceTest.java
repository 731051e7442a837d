package io.swarmpilot.benchmark.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class ConfidenceTest {
  @Test
  void aShareIsJudgedWithItsUncertainty() {
    assertThat(new Proportion(99, 100).verdict(0.95)).isEqualTo(Proportion.Verdict.UNDECIDED);
    assertThat(new Proportion(990, 1_000).verdict(0.95)).isEqualTo(Proportion.Verdict.MET);
    assertThat(new Proportion(900, 1_000).verdict(0.95)).isEqualTo(Proportion.Verdict.MISSED);
    assertThat(new Proportion(0, 0).verdict(0.5)).isEqualTo(Proportion.Verdict.UNDECIDED);
  }

  @Test
  void wilsonsIntervalIsAsTabulated() {
    Proportion eightOfTen = new Proportion(8, 10);
    assertThat(eightOfTen.atLeast()).isCloseTo(0.490, within(0.001));
    assertThat(eightOfTen.atMost()).isCloseTo(0.943, within(0.001));
    assertThat(new Proportion(10, 10).atMost()).isCloseTo(1, within(1e-9));
    assertThat(new Proportion(10, 10).atLeast()).isCloseTo(0.722, within(0.001));
  }

  @Test
  void repetitionsHaveAnIntervalOfStudent() {
    Repeated three = Repeated.of(DoubleStream.of(9, 10, 11));
    assertThat(three.mean()).isEqualTo(10);
    // 4.303 · 1 / √3
    assertThat(three.halfWidth()).isCloseTo(2.484, within(0.001));
    assertThat(Repeated.of(DoubleStream.of(5)).halfWidth()).isInfinite();
  }
}
