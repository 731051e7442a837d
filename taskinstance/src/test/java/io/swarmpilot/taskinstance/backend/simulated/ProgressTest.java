package io.swarmpilot.taskinstance.backend.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ProgressTest {
  // 100 ms for the prompt, then 5 tokens of 20 ms, 10 ms more for each other execution.
  private final Work work = new Work(Work.Pace.of(100), 7, 5, batch -> 10 + 10 * batch, true);
  private final Progress progress = new Progress(work, 1);

  @Test
  void readsThenGenerates() {
    assertThat(progress.msToNext(1, 1)).isEqualTo(100);
    progress.pass(100, 1, 1);
    assertThat(progress.generated()).isZero();
    for (int token = 1; token <= 5; token++) {
      assertThat(progress.msToNext(1, 1)).isCloseTo(20, within(1e-6));
      progress.pass(20, 1, 1);
      assertThat(progress.generated()).isEqualTo(token);
    }
    assertThat(progress.isOver()).isTrue();
  }

  @Test
  void losesNoTimeWhenItWakesLate() {
    progress.pass(130, 1, 1);

    assertThat(progress.generated()).isEqualTo(1);
    assertThat(progress.msToNext(1, 1)).isCloseTo(10, within(1e-6));
  }

  @Test
  void slowsDownWhileOthersRun() {
    progress.pass(110, 1, 1);

    // Half a token is left, at 40 ms each among three.
    assertThat(progress.msToNext(3, 1)).isCloseTo(20, within(1e-6));
    progress.pass(20, 3, 1);
    assertThat(progress.generated()).isEqualTo(1);
    assertThat(progress.msToNext(1, 1)).isCloseTo(20, within(1e-6));
  }

  @Test
  void slowsDownForAWhile() {
    progress.pass(50, 1, 2);

    assertThat(progress.msToNext(1, 1)).isCloseTo(75, within(1e-6));
    assertThat(progress.msToNext(1, 3)).isCloseTo(225, within(1e-6));
  }

  @Test
  void stopsShort() {
    Progress half = new Progress(work, 0.5);
    half.pass(99, 1, 1);
    assertThat(half.isOver()).isFalse();
    assertThat(half.msToNext(1, 1)).isCloseTo(1, within(1e-6));
    half.pass(1, 1, 1);
    assertThat(half.isOver()).isTrue();

    assertThat(new Progress(work, 0).isOver()).isTrue();
  }

  @Test
  void isOverAtOnceWithoutWork() {
    assertThat(new Progress(Work.silent(0), 1).isOver()).isTrue();
  }
}
