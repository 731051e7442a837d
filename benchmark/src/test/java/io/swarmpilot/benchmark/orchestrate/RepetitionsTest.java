package io.swarmpilot.benchmark.orchestrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Intervals of repetitions against values from tables.
class RepetitionsTest {
  @Test
  void theIntervalIsStudents() {
    // Standard deviation 1, n = 3: 4.303 / sqrt(3).
    assertThat(Repetitions.halfWidth(List.of(9.0, 10.0, 11.0))).isCloseTo(2.4843, within(1e-3));
    assertThat(Repetitions.halfWidth(List.of(5.0, 5.0))).isZero();
  }
}
