package io.swarmpilot.taskinstance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.swarmpilot.proto.taskinstance.v1.GetStatusRequest;
import io.swarmpilot.proto.taskinstance.v1.GetStatusResponse;
import io.swarmpilot.proto.taskinstance.v1.TaskInstanceServiceGrpc;
import io.swarmpilot.runtime.grpc.MeshChannels;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TaskInstanceServerTest {
  @Test
  void answersWhileItsInitialModelLoads() throws Exception {
    TaskInstanceConfig config = inside().withInitialModel("all-minilm-l6-v2", 2, "{}");
    try (TaskInstanceServer instance = TaskInstanceServer.start(config, Optional.empty())) {
      assertThat(status(config).getInstanceId()).isEqualTo("task-instance-1");

      instance.initialModel().toCompletableFuture().get(30, TimeUnit.SECONDS);
      GetStatusResponse running = status(config);
      assertThat(running.getModelType()).isEqualTo("all-minilm-l6-v2");
      assertThat(running.getReplicasRunning()).isEqualTo(2);
    }
  }

  @Test
  void servesOnWhenItsInitialModelCannotStart() throws Exception {
    TaskInstanceConfig config = inside().withInitialModel("no-such-model", 1, "{}");
    try (TaskInstanceServer instance = TaskInstanceServer.start(config, Optional.empty())) {
      assertThatThrownBy(
              () -> instance.initialModel().toCompletableFuture().get(30, TimeUnit.SECONDS))
          .hasMessageContaining("no-such-model");
      assertThat(status(config).getStatus()).isEqualTo("idle");
    }
  }

  @Test
  void leavesNothingRunningWhenItsPortIsTaken() throws IOException {
    try (TaskInstanceServer first =
        TaskInstanceServer.start(TaskInstanceConfig.defaults().withPort(0), Optional.empty())) {
      TaskInstanceConfig same = TaskInstanceConfig.defaults().withPort(first.port());

      assertThatThrownBy(() -> TaskInstanceServer.start(same, Optional.empty()))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void drainsTwiceAndServesNoMore() throws IOException {
    TaskInstanceConfig config = inside();
    TaskInstanceServer instance = TaskInstanceServer.start(config, Optional.empty());

    instance.drain(Duration.ofSeconds(5));
    instance.close();

    StatusRuntimeException gone =
        catchThrowableOfType(StatusRuntimeException.class, () -> status(config));
    assertThat(gone.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
  }

  @Test
  void refusesAConfigurationThatCannotWork() {
    TaskInstanceConfig config = TaskInstanceConfig.defaults();

    assertThatThrownBy(() -> config.withPort(70_000)).hasMessageContaining("port");
    assertThatThrownBy(() -> TaskInstanceServer.start(config.withPort(-1), Optional.empty()))
        .hasMessageContaining("in-process name");
    assertThatThrownBy(() -> config.withMaxQueue(0)).hasMessageContaining("maxPending");
    assertThatThrownBy(() -> config.withGpus(-1)).hasMessageContaining("gpus");
    assertThatThrownBy(() -> config.withInitialModel("m", 0, "{}"))
        .hasMessageContaining("replicas");
    assertThat(config.withHardware("A100").withGpus(4).hardware()).isEqualTo("A100");
  }

  private static TaskInstanceConfig inside() {
    return TaskInstanceConfig.defaults()
        .withPort(-1)
        .withInProcessName(UUID.randomUUID().toString());
  }

  private static GetStatusResponse status(TaskInstanceConfig config) {
    ManagedChannel channel = MeshChannels.inProcess(config.inProcessName().orElseThrow());
    try {
      return TaskInstanceServiceGrpc.newBlockingStub(channel)
          .getStatus(GetStatusRequest.getDefaultInstance());
    } finally {
      channel.shutdownNow();
    }
  }
}
