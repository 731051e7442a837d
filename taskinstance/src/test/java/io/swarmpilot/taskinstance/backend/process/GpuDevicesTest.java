package io.swarmpilot.taskinstance.backend.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmpilot.runtime.error.MeshException;
import java.util.List;
import org.junit.jupiter.api.Test;

class GpuDevicesTest {
  @Test
  void confinesAServerToItsGpus() {
    GpuDevices devices = GpuDevices.of(4, null);

    assertThat(devices.variable(List.of(1, 3))).contains("1,3");
    assertThat(devices.variable(List.of())).as("none are its own").contains("");
  }

  @Test
  void countsAmongThoseTheInstanceSees() {
    GpuDevices devices = GpuDevices.of(2, " 2, GPU-8a56 ");

    assertThat(devices.variable(List.of(0, 1))).contains("2,GPU-8a56");
    assertThatThrownBy(() -> devices.variable(List.of(2)))
        .isInstanceOf(MeshException.class)
        .hasMessage(
            "GPU 2 is wanted, but CUDA_VISIBLE_DEVICES shows this instance only 2: 2,GPU-8a56");
  }

  @Test
  void leavesServersAloneWhereNobodyCounts() {
    assertThat(GpuDevices.of(0, "0").variable(List.of())).isEmpty();
  }
}
