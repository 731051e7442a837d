package io.swarmpilot.scheduler.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmpilot.proto.scheduler.v1.SubmitTaskRequest;
import io.swarmpilot.proto.scheduler.v1.SubmitTasksRequest;
import io.swarmpilot.proto.scheduler.v1.Task;
import io.swarmpilot.proto.scheduler.v1.TaskSpec;
import io.swarmpilot.proto.taskinstance.v1.ExecuteTask;
import io.swarmpilot.runtime.json.JsonValues;
import io.swarmpilot.scheduler.testing.Mesh;
import io.swarmpilot.scheduler.testing.ScriptedInstance;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What tasks ask for reaches the instance, and what never reaches it is noticed.
final class ReconciliationTest {
  @Test
  void aTaskLostOnAWholeStreamIsPlacedAgainAndNoOtherIsTouched() throws Exception {
    try (Mesh mesh = Mesh.inProcess(c -> c.withLeaseTimeout(Duration.ofMillis(700)))) {
      ScriptedInstance instance = new ScriptedInstance("one", "m", 2);
      String uuid = mesh.add(instance, 8100);
      final String kept = mesh.submit("m").getTaskId();
      final ExecuteTask held = instance.next();
      instance.loseNext();
      String lost = mesh.submit("m").getTaskId();
      ExecuteTask again = instance.next();
      assertThat(again.getTaskId()).isEqualTo(lost);
      assertThat(again.getAttempt()).isEqualTo(2);
      instance.complete(again);
      instance.complete(held);
      assertThat(mesh.await(lost).getSuccess()).isTrue();
      Task other = mesh.await(kept);
      assertThat(other.getSuccess()).isTrue();
      assertThat(other.getAttempt()).isEqualTo(1);
      assertThat(mesh.instance(uuid).getOutstandingTasks()).isZero();
      assertThat(mesh.instance(uuid).getWaitingTimeExpect()).isZero();
    }
  }

  @Test
  void anInstanceLearnsHowMuchTimeATaskHas() throws Exception {
    try (Mesh mesh = Mesh.inProcess()) {
      ScriptedInstance instance = new ScriptedInstance("one", "m", 2);
      mesh.add(instance, 8100);
      mesh.submit("m");
      assertThat(instance.next().hasRemainingMs()).isFalse();
      mesh.stub().submitTask(task("{\"timeout_ms\": 60000}"));
      assertThat(instance.next().getRemainingMs()).isBetween(30_000.0, 60_000.0);
    }
  }

  @Test
  void whatCannotBeMeantIsRefusedByName() throws Exception {
    try (Mesh mesh = Mesh.inProcess()) {
      mesh.add(new ScriptedInstance("one", "m", 1), 8100);
      assertThatThrownBy(() -> mesh.stub().submitTask(task("{\"priority\": \"urgent\"}")))
          .hasMessageContaining("INVALID_ARGUMENT")
          .hasMessageContaining("metadata.priority");
      assertThatThrownBy(() -> mesh.stub().submitTask(task("{\"strategy\": \"fastest\"}")))
          .hasMessageContaining("metadata.strategy")
          .hasMessageContaining("shortest_queue");
      SubmitTasksRequest batch =
          SubmitTasksRequest.newBuilder()
              .setModelName("m")
              .addTasks(spec("{\"timeout_ms\": 0}"))
              .addTasks(spec("{\"priority\": \"high\"}"))
              .build();
      assertThat(mesh.stub().submitTasks(batch).getResultsList())
          .extracting(result -> result.getStatus() + " " + result.getError())
          .containsExactly(
              "error tasks[0].metadata.timeout_ms: must be a finite number greater than 0",
              "success ");
    }
  }

  private static SubmitTaskRequest task(String metadata) {
    return Mesh.task("m").toBuilder().setMetadata(JsonValues.of(metadata)).build();
  }

  private static TaskSpec spec(String metadata) {
    return TaskSpec.newBuilder()
        .setTaskInput(JsonValues.emptyObject())
        .setMetadata(JsonValues.of(metadata))
        .build();
  }
}
