package io.swarmpilot.taskinstance.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmpilot.proto.taskinstance.v1.GetStatusResponse;
import io.swarmpilot.proto.taskinstance.v1.Heartbeat;
import io.swarmpilot.taskinstance.backend.EngineLoad;
import io.swarmpilot.taskinstance.backend.ReplicaState;
import io.swarmpilot.taskinstance.backend.Software;
import io.swarmpilot.taskinstance.facts.MachineFacts;
import io.swarmpilot.taskinstance.queue.QueueView;
import io.swarmpilot.taskinstance.queue.ReplicaView;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What an instance says of itself agrees, however it is asked.
class StatusMessagesTest {
  private final StatusMessages messages =
      new StatusMessages(
          new InstanceIdentity("one", "run", "H100"),
          () -> "host:1",
          new MachineFacts("no-such-tool", Runnable::run));

  @Test
  void theStatusAndTheHeartbeatSayTheSame() {
    ReplicaView replica =
        new ReplicaView(
            "replica-1",
            false,
            ReplicaState.READY,
            List.of(0, 3),
            4,
            Optional.of(new EngineLoad("http://engine/metrics", 7, 2, 0.5)),
            List.of("a", "b"));
    QueueView view =
        new QueueView("m", "gated", new Software("gate", "1"), List.of(replica), 4, 2, 3, 2, false);
    GetStatusResponse status = messages.status(view);
    Heartbeat heartbeat = messages.heartbeat(view);
    assertThat(status.getSlots()).isEqualTo(heartbeat.getSlots()).isEqualTo(4);
    assertThat(status.getGpus()).isEqualTo(heartbeat.getGpus()).isEqualTo(2);
    assertThat(status.getQueueSize())
        .isEqualTo(heartbeat.getPending() + heartbeat.getRunning())
        .isEqualTo(5);
    assertThat(status.getModelType()).isEqualTo(heartbeat.getModelType()).isEqualTo("m");
    assertThat(status.getReplicasRunning()).isEqualTo(heartbeat.getReplicasRunning()).isOne();
    assertThat(status.getLoad()).isEqualTo(heartbeat.getLoad());
    assertThat(status.getLoad().getRunning()).isEqualTo(7);
    assertThat(status.getLoad().getWaiting()).isEqualTo(2);
    assertThat(status.getLoad().getCacheUse()).isEqualTo(0.5);
    assertThat(status.getReplicas(0).getTaskIdsCount()).isEqualTo(2);
    assertThat(status.getReplicas(0).getTaskIds(1)).isEqualTo("b");
    assertThat(status.getReplicas(0).getGpuNumbersList()).containsExactly(0, 3);
    assertThat(status.getReplicas(0).getSlots()).isEqualTo(4);
    assertThat(status.getReplicas(0).getLoad()).isEqualTo(status.getLoad());
    assertThat(status.getHardware()).isEqualTo(heartbeat.getHardware()).isEqualTo("H100");
  }

  @Test
  void anEngineThatReplicasShareCountsOnce() {
    List<ReplicaView> replicas =
        List.of(replica("a", 4, 0.25), replica("a", 4, 0.25), replica("b", 1, Double.NaN));
    QueueView view =
        new QueueView("m", "openai", new Software("vllm", "1"), replicas, 3, 0, 0, 0, false);

    assertThat(view.load())
        .hasValueSatisfying(load -> {
          assertThat(load.running()).isEqualTo(5);
          assertThat(load.cacheUse()).isEqualTo(0.25);
        });
  }

  private static ReplicaView replica(String engine, int running, double cacheUse) {
    return new ReplicaView(
        "replica",
        false,
        ReplicaState.READY,
        List.of(),
        1,
        Optional.of(new EngineLoad(engine, running, 0, cacheUse)),
        List.of());
  }
}
