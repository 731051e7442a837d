package io.swarmpilot.taskinstance.backend.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmpilot.taskinstance.backend.EngineLoad;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SlotLimitTest {
  private final SlotLimit limit = new SlotLimit(16);

  @Test
  void isWhatTheEngineIsSetToTakeWhileItQueuesNothing() {
    assertThat(limit.limit()).isEqualTo(16);

    limit.follow(load(16, 0), 16);

    assertThat(limit.limit()).isEqualTo(16);
  }

  @Test
  void oneReadingWithAQueueIsChance() {
    limit.follow(load(12, 4), 16);
    assertThat(limit.limit()).isEqualTo(16);

    limit.follow(load(16, 0), 16);
    limit.follow(load(12, 4), 16);
    assertThat(limit.limit()).isEqualTo(16);
  }

  @Test
  void fallsByWhatWaitsWhenAllOfItIsTheMeshs() {
    follow(2, load(12, 4), 16);

    assertThat(limit.limit()).isEqualTo(12);
  }

  @Test
  void fallsByItsPartInWhatWaitsWhenOthersCrowdTheEngine() {
    follow(2, load(32, 8), 10);

    // A quarter of the requests there are ours, and so is a quarter of the eight that wait.
    assertThat(limit.limit()).isEqualTo(8);
  }

  @Test
  void keepsAShareThatOthersCannotTake() {
    follow(50, load(64, 64), 2);

    assertThat(limit.limit()).isEqualTo(2);
  }

  @Test
  void returnsStepByStepOnceNothingWaits() {
    follow(2, load(4, 12), 16);
    assertThat(limit.limit()).isEqualTo(4);

    limit.follow(load(4, 0), 4);
    assertThat(limit.limit()).isEqualTo(6);

    follow(10, load(4, 0), 4);
    assertThat(limit.limit()).isEqualTo(16);
  }

  @Test
  void doesNotGrowWhileTheCacheIsFull() {
    follow(2, load(12, 4), 16);

    follow(5, new EngineLoad("engine", 12, 0, 0.97), 12);
    assertThat(limit.limit()).isEqualTo(12);

    limit.follow(new EngineLoad("engine", 12, 0, 0.5), 12);
    assertThat(limit.limit()).isEqualTo(14);
  }

  @Test
  void aSingleSlotStays() {
    SlotLimit single = new SlotLimit(1);

    IntStream.range(0, 5).forEach(_ -> single.follow(load(9, 9), 0));

    assertThat(single.limit()).isEqualTo(1);
  }

  private void follow(int times, EngineLoad load, int own) {
    IntStream.range(0, times).forEach(_ -> limit.follow(load, own));
  }

  private static EngineLoad load(int running, int waiting) {
    return new EngineLoad("engine", running, waiting, Double.NaN);
  }
}
