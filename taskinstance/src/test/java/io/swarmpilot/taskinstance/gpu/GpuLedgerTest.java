package io.swarmpilot.taskinstance.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import org.junit.jupiter.api.Test;

class GpuLedgerTest {
  private final GpuLedger gpus = new GpuLedger(4);

  @Test
  void takesTheLowestThatAreFree() {
    assertThat(gpus.take(2)).containsExactly(0, 1);
    assertThat(gpus.take(1)).containsExactly(2);
    gpus.giveBack(List.of(0, 1));

    assertThat(gpus.take(3)).containsExactly(0, 1, 3);
    assertThat(gpus.free()).isZero();
  }

  @Test
  void takesAllOrNone() {
    assertThat(gpus.take(3)).hasSize(3);

    assertThatIllegalStateException().isThrownBy(() -> gpus.take(2));
    assertThat(gpus.free()).isEqualTo(1);
    assertThat(gpus.take(0)).isEmpty();
  }

  @Test
  void isNotConfusedByWhatIsGivenBackTwice() {
    List<Integer> mine = gpus.take(1);
    gpus.giveBack(mine);
    gpus.giveBack(mine);

    assertThat(gpus.free()).isEqualTo(4);
  }
}
