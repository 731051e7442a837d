package io.swarmpilot.scheduler.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.swarmpilot.proto.common.v1.JsonValue;
import io.swarmpilot.proto.scheduler.v1.ClearTasksRequest;
import io.swarmpilot.proto.scheduler.v1.GetHealthRequest;
import io.swarmpilot.proto.scheduler.v1.GetHealthResponse;
import io.swarmpilot.proto.scheduler.v1.GetStrategyRequest;
import io.swarmpilot.proto.scheduler.v1.GetStrategyResponse;
import io.swarmpilot.proto.scheduler.v1.ListTasksRequest;
import io.swarmpilot.proto.scheduler.v1.ListTasksResponse;
import io.swarmpilot.proto.scheduler.v1.SetPredictModeRequest;
import io.swarmpilot.proto.scheduler.v1.SetPredictModeResponse;
import io.swarmpilot.proto.scheduler.v1.SetStrategyRequest;
import io.swarmpilot.proto.scheduler.v1.SetStrategyResponse;
import io.swarmpilot.proto.scheduler.v1.StrategyDescription;
import io.swarmpilot.proto.scheduler.v1.SubmitTaskRequest;
import io.swarmpilot.proto.scheduler.v1.SubmitTaskResponse;
import io.swarmpilot.proto.scheduler.v1.SubmitTasksRequest;
import io.swarmpilot.proto.scheduler.v1.SubmitTasksResponse;
import io.swarmpilot.proto.scheduler.v1.Task;
import io.swarmpilot.proto.scheduler.v1.TaskSpec;
import io.swarmpilot.proto.taskinstance.v1.ExecuteTask;
import io.swarmpilot.proto.taskinstance.v1.TaskFailed.Kind;
import io.swarmpilot.runtime.error.ErrorMapping;
import io.swarmpilot.runtime.error.ErrorReason;
import io.swarmpilot.runtime.json.JsonValues;
import io.swarmpilot.scheduler.testing.Mesh;
import io.swarmpilot.scheduler.testing.ScriptedInstance;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// Answers, messages and refusals as the contract words them.
final class ContractTest {
  private static final Metadata.Key<byte[]> DETAILS =
      Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);

  @Test
  void aTaskFromSubmitToResult() throws Exception {
    try (Mesh mesh = Mesh.inProcess()) {
      ScriptedInstance instance = new ScriptedInstance("one", "m", 1);
      String uuid = mesh.add(instance, 8100);
      String input = "{\"n\": 9007199254740993, \"x\": 1.0, \"ü\":\"✓\"}";
      SubmitTaskResponse response =
          mesh.stub()
              .submitTask(Mesh.task("m").toBuilder().setTaskInput(JsonValues.of(input)).build());
      assertThat(response.getStatus()).isEqualTo("success");
      assertThat(response.getScheduledTi()).isEqualTo(uuid);
      assertThat(response.getTaskId())
          .matches("task-[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
      Task scheduled = mesh.query(response.getTaskId());
      assertThat(scheduled.getTaskStatus()).isEqualTo("scheduled");
      assertThat(scheduled.hasResult()).isFalse();
      assertThat(scheduled.hasSuccess()).isFalse();
      assertThat(scheduled.getPredictionMethod()).isEqualTo("model");
      assertThat(scheduled.getPredictedMs()).isEqualTo(100);
      ExecuteTask task = instance.next();
      assertThat(task.getTaskInput().getJson()).isEqualTo(input);
      assertThat(task.getExpectedMs()).isEqualTo(100);
      instance.begin(task);
      instance.complete(task);
      Task done = mesh.await(response.getTaskId());
      assertThat(done.getTaskStatus()).isEqualTo("completed");
      assertThat(done.getSuccess()).isTrue();
      assertThat(done.getResult().getJson()).isEqualTo("{\"by\":\"one\"}");
      assertThat(done.getExecutionTimeMs()).isEqualTo(5);
      assertThat(done.getReplicaId()).isEqualTo("replica-1");
      assertThat(done.getStrategy()).isEqualTo("proportional_deadline");
      assertThat(done.getAttempt()).isEqualTo(1);
      assertThat(done.getCompletionTime() - done.getSubmitTime())
          .isBetween(0.0, done.getTotalTimeMs() / 1_000 + 1e-3);
      assertThat(done.getWaitTimeMs()).isBetween(0.0, done.getTotalTimeMs());
      assertThat(mesh.instance(uuid).getCompletedTasks()).isEqualTo(1);
    }
  }

  @Test
  void aFailedTaskIsCompletedWithItsError() throws Exception {
    try (Mesh mesh = Mesh.inProcess()) {
      ScriptedInstance instance = new ScriptedInstance("one", "m", 1);
      mesh.add(instance, 8100);
      String id = mesh.submit("m").getTaskId();
      instance.fail(instance.next(), Kind.KIND_INVALID_INPUT, "no \"text\"\n");
      Task task = mesh.await(id);
      assertThat(task.getTaskStatus()).isEqualTo("completed");
      assertThat(task.hasSuccess()).isTrue();
      assertThat(task.getSuccess()).isFalse();
      assertThat(task.getError()).isEqualTo("no \"text\"\n");
      assertThat(task.getResult().getJson()).isEqualTo("{\"error\":\"no \\\"text\\\"\\n\"}");
    }
  }

  @Test
  void refusalsNameTheirReason() throws Exception {
    try (Mesh mesh = Mesh.inProcess()) {
      refused(() -> mesh.submit("m"), ErrorReason.NO_INSTANCES, "No TaskInstances configured");
      mesh.add(new ScriptedInstance("one", "m", 1), 8100);
      refused(
          () -> mesh.submit("other"),
          ErrorReason.NO_AVAILABLE_INSTANCE,
          "No available instances for model type other");
      refused(() -> mesh.query("nope"), ErrorReason.TASK_NOT_FOUND, "Task nope not found");
      refused(() -> mesh.query(""), ErrorReason.INVALID_FIELD, "task_id: Field required");
      refused(() -> mesh.submit(""), ErrorReason.INVALID_FIELD, "model_name: Field required");
      refused(
          () -> mesh.stub().submitTask(SubmitTaskRequest.newBuilder().setModelName("m").build()),
          ErrorReason.INVALID_FIELD,
          "task_input: Field required");
      for (String bad : List.of("[1]", "{", "{\"a\":NaN}", "7", "{} {}")) {
        refused(
            () ->
                mesh.stub()
                    .submitTask(
                        Mesh.task("m").toBuilder().setTaskInput(JsonValues.of(bad)).build()),
            ErrorReason.INVALID_FIELD,
            "task_input");
      }
      refused(
          () -> mesh.stub().submitTask(Mesh.task("m").toBuilder().setTaskId("a b").build()),
          ErrorReason.INVALID_FIELD,
          "task_id");
      refused(
          () -> mesh.stub().listTasks(ListTasksRequest.newBuilder().setPageSize(1_001).build()),
          ErrorReason.INVALID_FIELD,
          "page_size");
      refused(
          () -> mesh.stub().listTasks(ListTasksRequest.newBuilder().setTaskStatus("lost").build()),
          ErrorReason.INVALID_FIELD,
          "task_status");
    }
  }

  @Test
  void metadataMayBeAbsentOrNullOrOfAnyIdentity() throws Exception {
    try (Mesh mesh = Mesh.inProcess()) {
      mesh.add(new ScriptedInstance("one", "m", 1), 8100);
      for (String metadata :
          List.of("null", "{}", "{\"user_id\":\"u\"}", "{\"hardware\":\"H100\",\"a\":[{}]}")) {
        SubmitTaskResponse response =
            mesh.stub()
                .submitTask(
                    Mesh.task("m").toBuilder().setMetadata(JsonValues.of(metadata)).build());
        assertThat(response.getStatus()).as(metadata).isEqualTo("success");
      }
      JsonValue large = JsonValues.of("{\"a\":\"" + "x".repeat(70_000) + "\"}");
      refused(
          () -> mesh.stub().submitTask(Mesh.task("m").toBuilder().setMetadata(large).build()),
          ErrorReason.INVALID_FIELD,
          "64 KiB");
    }
  }

  @Test
  void repeatingATaskIdReturnsTheFirstAnswer() throws Exception {
    try (Mesh mesh = Mesh.inProcess()) {
      ScriptedInstance instance = new ScriptedInstance("one", "m", 1);
      mesh.add(instance, 8100);
      SubmitTaskRequest request = Mesh.task("m").toBuilder().setTaskId("mine:1").build();
      SubmitTaskResponse first = mesh.stub().submitTask(request);
      assertThat(mesh.stub().submitTask(request)).isEqualTo(first);
      instance.complete(instance.next());
      mesh.await("mine:1");
      assertThat(mesh.stub().submitTask(request)).isEqualTo(first);
      assertThat(instance.received()).isZero();
    }
  }

  @Test
  void strategyAndPredictionModeAnswerAsDocumented() throws Exception {
    try (Mesh mesh = Mesh.inProcess()) {
      SetStrategyResponse unknown =
          mesh.stub().setStrategy(SetStrategyRequest.newBuilder().setName("nope").build());
      assertThat(unknown.getStatus()).isEqualTo("error");
      assertThat(unknown.getMessage())
          .startsWith(
              "Invalid strategy name 'nope'. Valid strategies: shortest_queue, round_robin,"
                  + " weighted, probabilistic, fifo");
      SetStrategyResponse known =
          mesh.stub().setStrategy(SetStrategyRequest.newBuilder().setName("Weighted").build());
      assertThat(known.getMessage()).isEqualTo("OK");
      SetPredictModeResponse wrong =
          mesh.stub().setPredictMode(SetPredictModeRequest.newBuilder().setMode("x").build());
      assertThat(wrong.getMessage())
          .isEqualTo("Invalid mode 'x'. Valid modes: default, lookup_table");
      for (String mode : List.of("standard", "default", "lookup_table")) {
        assertThat(
                mesh.stub()
                    .setPredictMode(SetPredictModeRequest.newBuilder().setMode(mode).build())
                    .getMessage())
            .isEqualTo("OK");
      }
      GetStrategyResponse inForce =
          mesh.stub().getStrategy(GetStrategyRequest.getDefaultInstance());
      assertThat(inForce.getStrategy()).isEqualTo("weighted");
      assertThat(inForce.getPredictMode()).isEqualTo("lookup_table");
      assertThat(inForce.getAvailableList()).contains("weighted", "fifo");
      assertThat(inForce.getStrategiesList())
          .extracting(StrategyDescription::getName)
          .isEqualTo(inForce.getAvailableList());
      assertThat(inForce.getStrategiesList())
          .allSatisfy(strategy -> assertThat(strategy.getDescription()).isNotBlank());
      assertThat(inForce.getStrategies(0).getBinding()).isEqualTo("early");
      assertThat(inForce.getStrategies(inForce.getAvailableList().indexOf("fifo")).getBinding())
          .isEqualTo("late");
      assertThat(inForce.getLocked()).isFalse();
      mesh.add(new ScriptedInstance("one", "m", 1), 8100);
      mesh.submit("m");
      assertThat(mesh.predictor().requests().take().getLookupTable()).isTrue();
    }
  }

  @Test
  void aBatchAcceptsEachTaskByItself() throws Exception {
    try (Mesh mesh = Mesh.inProcess()) {
      mesh.add(new ScriptedInstance("one", "m", 1), 8100);
      SubmitTasksResponse partial =
          mesh.stub()
              .submitTasks(
                  SubmitTasksRequest.newBuilder()
                      .setModelName("m")
                      .addTasks(TaskSpec.newBuilder().setTaskInput(JsonValues.emptyObject()))
                      .addTasks(TaskSpec.newBuilder().setTaskInput(JsonValues.of("3")))
                      .build());
      assertThat(partial.getStatus()).isEqualTo("partial");
      assertThat(partial.getSuccessfulTasks()).isEqualTo(1);
      assertThat(partial.getResults(1).getError()).startsWith("tasks[1].task_input");
      assertThat(partial.getResults(1).hasTaskId()).isFalse();
      SubmitTasksResponse none = mesh.stub().submitTasks(partialOf("unknown"));
      assertThat(none.getStatus()).isEqualTo("error");
      assertThat(none.getResults(0).getError())
          .isEqualTo("No available instances for model type unknown");
      assertThat(
              mesh.stub()
                  .submitTasks(SubmitTasksRequest.newBuilder().setModelName("m").build())
                  .getStatus())
          .isEqualTo("success");
    }
  }

  @Test
  void listsPageNewestFirstAndClearingKeepsTheLive() throws Exception {
    try (Mesh mesh = Mesh.inProcess()) {
      ScriptedInstance instance = new ScriptedInstance("one", "m", 1);
      mesh.add(instance, 8100);
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < 7; i++) {
        ids.addFirst(mesh.submit("m").getTaskId());
      }
      List<String> listed = new ArrayList<>();
      String token = "";
      do {
        ListTasksResponse page =
            mesh.stub()
                .listTasks(
                    ListTasksRequest.newBuilder().setPageSize(3).setPageToken(token).build());
        assertThat(page.getTotalTasks()).isEqualTo(7);
        page.getTasksList().forEach(task -> listed.add(task.getTaskId()));
        token = page.getNextPageToken();
      } while (!token.isEmpty());
      assertThat(listed).isEqualTo(ids);
      ExecuteTask first = instance.next();
      instance.complete(first);
      mesh.await(first.getTaskId());
      assertThat(
              mesh.stub()
                  .listTasks(ListTasksRequest.newBuilder().setTaskStatus("completed").build())
                  .getTasksList())
          .hasSize(1);
      assertThat(mesh.stub().clearTasks(ClearTasksRequest.getDefaultInstance()).getClearedCount())
          .isEqualTo(1);
      refused(() -> mesh.query(first.getTaskId()), ErrorReason.TASK_NOT_FOUND, first.getTaskId());
      GetHealthResponse health = mesh.stub().getHealth(GetHealthRequest.getDefaultInstance());
      assertThat(health.getStatus()).isEqualTo("healthy");
      assertThat(health.getLiveTasks()).isEqualTo(6);
      assertThat(health.getAvailableInstances()).isEqualTo(1);
      assertThat(health.getDurability()).isEqualTo("memory");
    }
  }

  @Test
  void resultsAreKeptWithinTheirBounds() throws Exception {
    try (Mesh mesh =
        Mesh.inProcess(c -> c.withMaxResults(5).withResultTtl(Duration.ofMillis(700)))) {
      ScriptedInstance instance = new ScriptedInstance("one", "m", 1);
      mesh.add(instance, 8100);
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        ids.add(mesh.submit("m").getTaskId());
        instance.complete(instance.next());
        mesh.await(ids.getLast());
      }
      refused(() -> mesh.query(ids.getFirst()), ErrorReason.TASK_NOT_FOUND, "not found");
      assertThat(mesh.stub().listTasks(ListTasksRequest.getDefaultInstance()).getTotalTasks())
          .isLessThanOrEqualTo(5);
      Mesh.eventually(
          "all expired",
          () -> mesh.stub().listTasks(ListTasksRequest.getDefaultInstance()).getTotalTasks() == 0);
    }
  }

  @Test
  void tooManyLiveTasksAreRefusedWithATimeToRetry() throws Exception {
    try (Mesh mesh = Mesh.inProcess(config -> config.withMaxLiveTasks(3))) {
      mesh.add(new ScriptedInstance("one", "m", 1), 8100);
      for (int i = 0; i < 3; i++) {
        mesh.submit("m");
      }
      assertThatThrownBy(() -> mesh.submit("m"))
          .isInstanceOfSatisfying(
              StatusRuntimeException.class,
              e -> {
                assertThat(ErrorMapping.reason(e)).contains(ErrorReason.QUEUE_FULL);
                Metadata trailers = Objects.requireNonNull(Status.trailersFromThrowable(e));
                assertThat(new String(trailers.get(DETAILS), StandardCharsets.ISO_8859_1))
                    .contains("google.rpc.RetryInfo");
              });
    }
  }

  private static SubmitTasksRequest partialOf(String model) {
    return SubmitTasksRequest.newBuilder()
        .setModelName(model)
        .addTasks(TaskSpec.newBuilder().setTaskInput(JsonValues.emptyObject()))
        .build();
  }

  private static void refused(ThrowingCallable call, ErrorReason reason, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> {
              assertThat(ErrorMapping.reason(e)).contains(reason);
              assertThat(e.getStatus().getDescription()).contains(message);
            });
  }
}
