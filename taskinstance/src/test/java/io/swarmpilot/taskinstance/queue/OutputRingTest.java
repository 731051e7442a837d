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
      ring.add("x".repeat(100_000));
    }

    assertThat(held).hasValue(200_000);
    assertThat(ring.takeUnsent()).extracting(OutputPiece::sequence).containsExactly(8, 9);
  }

  @Test
  void dropsAPieceThatIsTooLargeByItself() {
    ring.follow();
    ring.add("x".repeat(1_000_000));
    ring.add("1");

    assertThat(ring.takeUnsent()).containsExactly(new OutputPiece(1, "1"));
  }

  @Test
  void keepsOnePieceWhenTheOthersHoldEverything() {
    held.set(500_000);
    ring.follow();
    ring.add("1");
    ring.add("2");

    assertThat(ring.takeUnsent()).containsExactly(new OutputPiece(1, "2"));
    ring.release();
    assertThat(held).hasValue(500_000);
  }

  @Test
  void announcesOnceUntilItIsTaken() {
    assertThat(ring.add("0")).isFalse();
    assertThat(ring.follow()).isTrue();
    assertThat(ring.add("1")).isFalse();
    assertThat(ring.takeUnsent()).hasSize(2);
    assertThat(ring.follow()).isFalse();
    assertThat(ring.add("2")).isTrue();
    assertThat(ring.takeUnsent()).containsExactly(new OutputPiece(2, "2"));
  }
}
