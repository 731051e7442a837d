package io.swarmpilot.scheduler.service;

import static io.swarmpilot.scheduler.testing.Mesh.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.swarmpilot.proto.scheduler.v1.Instance;
import io.swarmpilot.proto.taskinstance.v1.EngineLoad;
import io.swarmpilot.scheduler.testing.Mesh;
import io.swarmpilot.scheduler.testing.ScriptedInstance;
import org.junit.jupiter.api.Test;

/// What engines say of their load, as an instance's heartbeats carry it.
final class EngineLoadTest {
  @Test
  void theLoadIsListedAndFewerSlotsAreLessCredit() throws Exception {
    try (Mesh mesh = Mesh.under("proportional_deadline")) {
      ScriptedInstance instance = new ScriptedInstance("one", "m", 8);
      String uuid = mesh.add(instance, 1);
      eventually("it takes tasks", () -> mesh.instance(uuid).getCredit() >= 8);
      Instance untold = mesh.instance(uuid);
      assertThat(untold.hasEngineRunning()).isFalse();
      assertThat(untold.hasEngineWaiting()).isFalse();
      assertThat(untold.hasEngineCacheUse()).isFalse();

      instance.says(
          EngineLoad.newBuilder().setRunning(30).setWaiting(3).setCacheUse(0.5).build(), 5);

      eventually("the load is listed", () -> mesh.instance(uuid).getEngineWaiting() == 3);
      Instance told = mesh.instance(uuid);
      assertThat(told.getEngineRunning()).isEqualTo(30);
      assertThat(told.getEngineCacheUse()).isEqualTo(0.5);
      assertThat(told.getSlots()).isEqualTo(5);
      assertThat(told.getCredit()).isEqualTo(untold.getCredit() - 3);

      int given = told.getCredit();
      for (int i = 0; i < given + 6; i++) {
        assertThat(mesh.submit("m").getStatus()).isEqualTo("success");
      }
      eventually("all of its credit is used", () -> instance.received() == given);
      assertThat(mesh.instance(uuid).getCredit()).isZero();

      // More slots are more credit: what waited in the central queue follows at once.
      instance.says(EngineLoad.newBuilder().setRunning(5).build(), 8);
      eventually("three more were given", () -> instance.received() == given + 3);
      assertThat(mesh.instance(uuid).hasEngineCacheUse()).isFalse();
    }
  }
}
