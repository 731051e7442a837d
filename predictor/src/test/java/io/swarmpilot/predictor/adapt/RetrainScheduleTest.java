package io.swarmpilot.predictor.adapt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetrainScheduleTest {
  @Test
  void oftenAtFirstThenEveryTwoThousand() {
    RetrainSchedule schedule = new RetrainSchedule(0, false, 0);

    assertThat(trainings(schedule, 1, 9_000, 0))
        .containsExactly(40, 80, 160, 320, 640, 1_280, 2_560, 4_560, 6_560, 8_560);
  }

  @Test
  void soonAfterADrift() {
    RetrainSchedule schedule = new RetrainSchedule(5_000, true, 0);
    assertThat(trainings(schedule, 1, 50, 0)).isEmpty();
    schedule.drifted();

    assertThat(trainings(schedule, 51, 500, 0)).containsExactly(150);
  }

  @Test
  void afterHalfAnHourWithNews() {
    RetrainSchedule schedule = new RetrainSchedule(5_000, true, 0);

    assertThat(trainings(schedule, 1, 10, 1_799)).isEmpty();
    assertThat(trainings(schedule, 11, 20, 1_800)).containsExactly(11);
  }

  @Test
  void withoutAModelWhatIsKnownAlreadyIsEnough() {
    assertThat(trainings(new RetrainSchedule(500, false, 0), 1, 10, 0)).containsExactly(1);
  }

  private static List<Integer> trainings(RetrainSchedule schedule, int from, int to, double now) {
    List<Integer> at = new ArrayList<>();
    for (int i = from; i <= to; i++) {
      if (schedule.count(now)) {
        at.add(i);
        schedule.training(now);
      }
    }
    return at;
  }
}
