package io.swarmpilot.scheduler.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The signals of an instance.
final class ExecutionInstanceTest {
  @ParameterizedTest
  @CsvSource({
    "true, true, 0.949, 0, 100, true",
    "true, true, 0.95, 0, 100, false",
    "true, true, 0.1, 100, 100, false",
    "true, true, 0.1, 99, 100, true",
    "false, true, 0, 0, 100, false",
    "true, false, 0, 0, 100, false",
    "true, true, 0, 0, 1, true"
  })
  void acceptsWhileItServesAndHasRoom(
      boolean available, boolean healthy, double load, int active, int most, boolean expected) {
    ExecutionInstance instance =
        ExecutionInstance.builder("i")
            .available(available)
            .healthy(healthy)
            .currentLoad(load)
            .activeRequests(active)
            .maxConcurrentRequests(most)
            .build();
    assertThat(instance.canAcceptRequest()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"100, 95", "20, 19", "19, 19", "8, 8", "1, 1", "1000, 950"})
  void isFullAt95PercentOrAtTheMostItHolds(int most, int expected) {
    for (int active = 0; active <= most; active++) {
      ExecutionInstance idle = ExecutionInstance.builder("i").maxConcurrentRequests(most).build();
      ExecutionInstance busy =
          ExecutionInstance.builder("i").maxConcurrentRequests(most).activeRequests(active).build();
      String what = active + " of " + most;
      assertThat(busy.canAcceptRequest()).as(what).isEqualTo(active < expected);
      assertThat(idle.accepts(active)).as(what).isEqualTo(active < expected);
      for (int given = 0; given <= active; given += 7) {
        ExecutionInstance before =
            ExecutionInstance.builder("i")
                .maxConcurrentRequests(most)
                .activeRequests(active - given)
                .build();
        assertThat(before.accepts(given)).as(what).isEqualTo(active < expected);
      }
    }
  }

  @Test
  void capacityIsNeverNegative() {
    assertThat(ExecutionInstance.builder("i").currentLoad(1.2).build().availableCapacity())
        .isZero();
    assertThat(ExecutionInstance.builder("i").currentLoad(0.25).build().availableCapacity())
        .isEqualTo(0.75);
  }

  @Test
  void loadAndActiveRequestsTellEachOther() {
    assertThat(ExecutionInstance.builder("i").activeRequests(30).build().currentLoad())
        .isEqualTo(0.3);
    assertThat(ExecutionInstance.builder("i").currentLoad(0.3).build().activeRequests())
        .isEqualTo(30);
  }

  @Test
  void numbersOutOfBoundsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ExecutionInstance.builder("").build())
        .withMessageContaining("instanceId");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ExecutionInstance.builder("i").avgLatencyMs(Double.NaN).build())
        .withMessageContaining("avgLatencyMs");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ExecutionInstance.builder("i").currentLoad(-0.5).build())
        .withMessageContaining("currentLoad");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ExecutionInstance.builder("i").gpuCount(0).build())
        .withMessageContaining("gpuCount");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RequestMetadata.builder("r").sloDeadlineMs(-1).build())
        .withMessageContaining("sloDeadlineMs");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RequestMetadata.builder("r").expected(-1, 0).build())
        .withMessageContaining("expectedMs");
  }
}
