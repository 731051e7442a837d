package io.swarmpilot.taskinstance.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OutputRingTest {
  private final AtomicLong held = new AtomicLong();
  private final OutputRing ring = new OutputRing(held, 500_000);

  @Test
  void keepsAQuarterOfAMebibyteOfOneTask() {
    ring.follow();
    for (int i = 0; i < 10; i++) {
      ring.add("x".repeat(100_000), false);
    }

    assertThat(held).hasValue(200_000);
    assertThat(ring.takeUnsent()).extracting(OutputPiece::sequence).containsExactly(8, 9);
  }

  @Test
  void dropsAPieceThatIsTooLargeByItself() {
    ring.follow();
    ring.add("x".repeat(1_000_000), false);
    ring.add("1", false);

    assertThat(ring.takeUnsent()).containsExactly(new OutputPiece(1, false, "1"));
  }

  @Test
  void keepsOnePieceWhenTheOthersHoldEverything() {
    held.set(500_000);
    ring.follow();
    ring.add("1", false);
    ring.add("2", false);

    assertThat(ring.takeUnsent()).containsExactly(new OutputPiece(1, false, "2"));
    ring.release();
    assertThat(held).hasValue(500_000);
  }

  @Test
  void announcesOnceUntilItIsTaken() {
    assertThat(ring.add("0", false)).isFalse();
    assertThat(ring.follow()).isTrue();
    assertThat(ring.add("1", false)).isFalse();
    assertThat(ring.takeUnsent()).hasSize(2);
    assertThat(ring.follow()).isFalse();
    assertThat(ring.add("2", false)).isTrue();
    assertThat(ring.takeUnsent()).containsExactly(new OutputPiece(2, false, "2"));
  }
}
