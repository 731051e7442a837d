package io.swarmpilot.taskinstance.backend.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RestartPolicyTest {
  private static final Duration SHORT = Duration.ofSeconds(59);

  @Test
  void pausesLongerAndLongerAndGivesUp() {
    RestartPolicy policy = new RestartPolicy(10);
    List<Long> pauses = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      pauses.add(policy.pauseAfter(SHORT).orElseThrow().toMillis());
    }

    assertThat(pauses)
        .containsExactly(
            0L, 500L, 1_000L, 2_000L, 4_000L, 8_000L, 16_000L, 30_000L, 30_000L, 30_000L);
    assertThat(policy.pauseAfter(SHORT)).isEmpty();
  }

  @Test
  void forgetsRestartsOfAServerThatRanForAWhile() {
    RestartPolicy policy = new RestartPolicy(1);
    assertThat(policy.pauseAfter(SHORT)).isPresent();
    assertThat(policy.pauseAfter(SHORT)).isEmpty();

    assertThat(policy.pauseAfter(Duration.ofMinutes(1))).isEqualTo(Optional.of(Duration.ZERO));
  }

  @Test
  void neverStartsAgainWhatIsNotToBe() {
    assertThat(new RestartPolicy(0).pauseAfter(Duration.ofDays(1))).isEmpty();
  }
}
