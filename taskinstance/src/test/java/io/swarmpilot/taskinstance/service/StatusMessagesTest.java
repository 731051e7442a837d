package io.swarmpilot.taskinstance.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmpilot.proto.taskinstance.v1.GetStatusResponse;
import io.swarmpilot.proto.taskinstance.v1.Heartbeat;
import io.swarmpilot.taskinstance.backend.ReplicaState;
import io.swarmpilot.taskinstance.backend.Software;
import io.swarmpilot.taskinstance.queue.QueueView;
import io.swarmpilot.taskinstance.queue.ReplicaView;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What an instance says of itself agrees, however it is asked.
class StatusMessagesTest {
  private final StatusMessages messages =
      new StatusMessages(new InstanceIdentity("one", "run", "H100"), () -> "host:1");

  @Test
  void theStatusAndTheHeartbeatSayTheSame() {
    ReplicaView replica =
        new ReplicaView("replica-1", false, ReplicaState.READY, List.of(), List.of("a", "b"));
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
    assertThat(status.getHardware()).isEqualTo(heartbeat.getHardware()).isEqualTo("H100");
  }
}
