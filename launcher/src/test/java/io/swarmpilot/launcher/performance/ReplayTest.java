package io.swarmpilot.launcher.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The policy lab tells what a mesh does: the same tasks have the same slowdown in virtual time and
/// on a real mesh. A busy machine is slow at handing tasks over, so tasks come and last in virtual
/// time as they did on the mesh; [ReplayMeasurements] compares a quiet machine with what was
/// planned.
@Timeout(180)
class ReplayTest {
  /// A machine that stands still for seconds loses instances, and with them the run; a lab that is
  /// wrong is wrong every time.
  private static final int TRIES = 3;

  @Test
  void theMeanSlowdownIsThatOfVirtualTime() throws IOException {
    Replay replay = Replay.of(240, 8, 300);
    for (int tried = 1; tried < TRIES && Math.abs(replay.differenceAsItWas()) > 0.05; tried++) {
      replay = Replay.of(240, 8, 300);
    }
    assertThat(replay.differenceAsItWas()).as("%s", replay).isCloseTo(0, within(0.05));
    assertThat(replay.virtual().slowdownMean()).as("%s", replay).isGreaterThan(1.15);
    assertThat(replay.real().tasks()).isEqualTo(216);
  }
}
