package io.swarmpilot.taskinstance.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.swarmpilot.proto.taskinstance.v1.EnqueueTaskRequest;
import io.swarmpilot.proto.taskinstance.v1.EnqueueTaskResponse;
import io.swarmpilot.proto.taskinstance.v1.GetHealthRequest;
import io.swarmpilot.proto.taskinstance.v1.GetQueueStatusRequest;
import io.swarmpilot.proto.taskinstance.v1.GetQueueStatusResponse;
import io.swarmpilot.proto.taskinstance.v1.GetResultRequest;
import io.swarmpilot.proto.taskinstance.v1.GetStatusRequest;
import io.swarmpilot.proto.taskinstance.v1.GetStatusResponse;
import io.swarmpilot.proto.taskinstance.v1.ListResultsRequest;
import io.swarmpilot.proto.taskinstance.v1.PredictQueueRequest;
import io.swarmpilot.proto.taskinstance.v1.PredictQueueResponse;
import io.swarmpilot.proto.taskinstance.v1.StartModelsRequest;
import io.swarmpilot.proto.taskinstance.v1.StartModelsResponse;
import io.swarmpilot.proto.taskinstance.v1.StopModelsRequest;
import io.swarmpilot.proto.taskinstance.v1.StopModelsResponse;
import io.swarmpilot.proto.taskinstance.v1.TaskInstanceServiceGrpc;
import io.swarmpilot.proto.taskinstance.v1.TaskInstanceServiceGrpc.TaskInstanceServiceBlockingStub;
import io.swarmpilot.proto.taskinstance.v1.TaskResult;
import io.swarmpilot.runtime.error.ErrorMapping;
import io.swarmpilot.runtime.error.ErrorReason;
import io.swarmpilot.runtime.grpc.MeshChannels;
import io.swarmpilot.runtime.json.JsonValues;
import io.swarmpilot.taskinstance.TaskInstanceConfig;
import io.swarmpilot.taskinstance.TaskInstanceServer;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Over the network, as a client sees it.
@Timeout(60)
class TaskInstanceServiceTest {
  private static final String FAST = "{\"backend\":\"simulated\"}";
  private static final String ENDLESS = "{\"backend\":\"simulated\",\"latency_ms\":3600000}";

  private TaskInstanceServer instance;
  private ManagedChannel channel;
  private TaskInstanceServiceBlockingStub client;

  @BeforeEach
  void start() throws IOException {
    instance =
        TaskInstanceServer.start(
            TaskInstanceConfig.defaults()
                .withInstanceId("task-instance-7")
                .withPort(0)
                .withHardware("cpu-test")
                .withMaxQueue(2),
            Optional.empty());
    channel = MeshChannels.netty("127.0.0.1", instance.port());
    client = TaskInstanceServiceGrpc.newBlockingStub(channel);
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    instance.close();
  }

  @Test
  void startsAndStopsReplicas() {
    StartModelsResponse first = startModel("gpt", FAST, 2);
    assertThat(first.getDetail()).isEqualTo("Started 2 replicas");
    assertThat(first.getModelType()).isEqualTo("gpt");
    StartModelsResponse second =
        client.startModels(StartModelsRequest.newBuilder().setModelType("gpt").build());
    assertThat(second.getReplicasStarted()).isEqualTo(1);
    assertThat(second.getTotalReplicas()).isEqualTo(3);

    StopModelsResponse one = client.stopModels(StopModelsRequest.newBuilder().setCount(1).build());
    assertThat(one.getDetail()).isEqualTo("Stopped 1 replica(s)");
    assertThat(one.getStoppedReplicas(0)).isEqualTo("replica-1");
    assertThat(one.getStoppedReplicasCount()).isEqualTo(1);
    assertThat(one.getRemainingReplicas()).isEqualTo(2);
    StopModelsResponse all = client.stopModels(StopModelsRequest.getDefaultInstance());
    assertThat(all.getStoppedReplicasCount()).isEqualTo(2);
    StopModelsResponse none = client.stopModels(StopModelsRequest.getDefaultInstance());
    assertThat(none.getStoppedReplicasCount()).isZero();
    assertThat(none.getRemainingReplicas()).isZero();
  }

  @Test
  void refusesToStartWhatItCannotRun() {
    assertRefused(
        () -> startModel("no-such-model", "{}", 1),
        Status.Code.NOT_FOUND,
        ErrorReason.MODEL_NOT_FOUND);
    assertRefused(
        () -> startModel("m", "{\"backend\":\"cuda\"}", 1),
        Status.Code.NOT_FOUND,
        ErrorReason.MODEL_NOT_FOUND);
    assertRefused(
        () -> startModel("gpt", "{\"backend\":\"onnx\"}", 1),
        Status.Code.NOT_FOUND,
        ErrorReason.MODEL_NOT_FOUND);
    StatusRuntimeException gpus =
        assertRefused(
            () -> client.startModels(request("m", FAST).setNumGpusPerModel(2).build()),
            Status.Code.UNAVAILABLE,
            ErrorReason.INSUFFICIENT_RESOURCES);
    assertThat(gpus.getStatus().getDescription())
        .isEqualTo("2 GPU(s) are needed, 0 of 0 are free here");
    startModel("m", FAST, 1);
    assertRefused(
        () -> startModel("other", FAST, 1),
        Status.Code.FAILED_PRECONDITION,
        ErrorReason.MODEL_MISMATCH);
  }

  @Test
  void startsAllReplicasOrNone() {
    assertRefused(
        () -> startModel("m", "{\"backend\":\"simulated\",\"latency_ms\":-1}", 3),
        Status.Code.INVALID_ARGUMENT,
        ErrorReason.INVALID_FIELD);

    assertThat(status().getReplicasRunning()).isZero();
    assertThat(startModel("other", FAST, 1).getTotalReplicas()).isEqualTo(1);
    assertRefused(
        () -> startModel("other", "{\"backend\":\"simulated\",\"latency_ms\":-1}", 1),
        Status.Code.INVALID_ARGUMENT,
        ErrorReason.INVALID_FIELD);
    assertThat(startModel("other", "{}", 2).getTotalReplicas()).isEqualTo(3);
  }

  @Test
  void namesEveryFieldThatIsWrong() {
    StatusRuntimeException refused =
        assertRefused(
            () ->
                client.startModels(
                    StartModelsRequest.newBuilder()
                        .setCount(0)
                        .setNumGpusPerModel(-1)
                        .setConfig(JsonValues.of("[]"))
                        .build()),
            Status.Code.INVALID_ARGUMENT,
            ErrorReason.INVALID_FIELD);
    assertThat(refused.getStatus().getDescription()).isEqualTo("model_type: Field required");

    assertRefused(
        () -> client.stopModels(StopModelsRequest.newBuilder().setCount(0).build()),
        Status.Code.INVALID_ARGUMENT,
        ErrorReason.INVALID_FIELD);
    assertRefused(
        () -> client.enqueueTask(EnqueueTaskRequest.getDefaultInstance()),
        Status.Code.INVALID_ARGUMENT,
        ErrorReason.INVALID_FIELD);
    assertRefused(
        () -> client.enqueueTask(task("{\"a\":}").build()),
        Status.Code.INVALID_ARGUMENT,
        ErrorReason.INVALID_FIELD);
    assertRefused(
        () -> client.enqueueTask(task("{}").setTaskId("no spaces").build()),
        Status.Code.INVALID_ARGUMENT,
        ErrorReason.INVALID_FIELD);
  }

  @Test
  void tellsItsStatus() {
    GetStatusResponse idle = status();
    assertThat(idle.getInstanceId()).isEqualTo("task-instance-7");
    assertThat(idle.getStatus()).isEqualTo("idle");
    assertThat(idle.hasModelType()).isFalse();
    assertThat(idle.getHardware()).isEqualTo("cpu-test");
    assertThat(idle.getGrpcAddress()).isEqualTo("127.0.0.1:" + instance.port());
    assertThat(idle.getIncarnation()).isNotEmpty();

    startModel("gpt", ENDLESS, 2);
    client.enqueueTask(task("{}").setTaskId("a").build());
    GetStatusResponse running = status();
    assertThat(running.getStatus()).isEqualTo("running");
    assertThat(running.getModelType()).isEqualTo("gpt");
    assertThat(running.getReplicasRunning()).isEqualTo(2);
    assertThat(running.getQueueSize()).isEqualTo(1);
    assertThat(running.getBackend()).isEqualTo("simulated");
    assertThat(running.getSlots()).isEqualTo(2);
    assertThat(running.getReplicas(0).getState()).isEqualTo("running");
    assertThat(running.getReplicas(0).getTaskId()).isEqualTo("a");
    assertThat(running.getReplicas(1).getState()).isEqualTo("idle");
    assertThat(running.getReplicas(1).hasTaskId()).isFalse();

    client.stopModels(StopModelsRequest.getDefaultInstance());
    GetStatusResponse stopping = status();
    assertThat(stopping.getStatus()).isEqualTo("idle");
    assertThat(stopping.getReplicas(0).getState()).isEqualTo("stopping");
  }

  @Test
  void refusesTasksItCannotTake() {
    StatusRuntimeException none =
        assertRefused(
            () -> client.enqueueTask(task("{}").build()),
            Status.Code.UNAVAILABLE,
            ErrorReason.NO_MODEL_RUNNING);
    assertThat(none.getStatus().getDescription()).isEqualTo("no model running");

    startModel("m", ENDLESS, 1);
    assertRefused(
        () -> client.enqueueTask(task("{}").setModelName("other").build()),
        Status.Code.FAILED_PRECONDITION,
        ErrorReason.MODEL_MISMATCH);
    client.enqueueTask(task("{}").setTaskId("a").build());
    assertRefused(
        () -> client.enqueueTask(task("{}").setTaskId("a").build()),
        Status.Code.ALREADY_EXISTS,
        ErrorReason.TASK_EXISTS);
    client.enqueueTask(task("{}").build());
    assertThat(client.enqueueTask(task("{}").build()).getQueueSize()).isEqualTo(3);
    assertRefused(
        () -> client.enqueueTask(task("{}").build()),
        Status.Code.RESOURCE_EXHAUSTED,
        ErrorReason.QUEUE_FULL);
  }

  @Test
  void tellsResultsAndWhyThereAreNone() {
    StatusRuntimeException unknown =
        assertRefused(() -> result("nope"), Status.Code.NOT_FOUND, ErrorReason.TASK_NOT_FOUND);
    assertThat(unknown.getStatus().getDescription()).isEqualTo("Task nope not found");
    startModel("m", ENDLESS, 1);
    client.enqueueTask(task("{}").setTaskId("a").build());
    client.enqueueTask(task("{}").setTaskId("b").build());

    StatusRuntimeException running =
        assertRefused(() -> result("a"), Status.Code.NOT_FOUND, ErrorReason.TASK_NOT_COMPLETED);
    assertThat(running.getStatus().getDescription()).isEqualTo("Task a not completed");
    assertThat(details(running)).contains("status", "running");
    StatusRuntimeException pending =
        assertRefused(() -> result("b"), Status.Code.NOT_FOUND, ErrorReason.TASK_NOT_COMPLETED);
    assertThat(details(pending)).contains("status", "pending");
  }

  @Test
  void runsATaskFromEndToEnd() {
    assertThat(client.listResults(ListResultsRequest.getDefaultInstance()).getResultsList())
        .isEmpty();
    startModel("m", FAST, 1);
    EnqueueTaskResponse accepted =
        client.enqueueTask(
            EnqueueTaskRequest.newBuilder()
                .setInputData(JsonValues.of("{}"))
                .setMetadata(JsonValues.of("{\"priority\":1}"))
                .build());
    assertThat(accepted.getTaskId()).startsWith("task-");
    assertThat(accepted.getQueueSize()).isEqualTo(1);

    TaskResult result = await(accepted.getTaskId());
    assertThat(result.getStatus()).isEqualTo("completed");
    assertThat(result.getResult().getJson()).startsWith("{\"output\":");
    assertThat(result.hasError()).isFalse();
    assertThat(result.getReplicaId()).isEqualTo("replica-1");
    assertThat(result.getEnqueueTime()).isEqualTo(accepted.getEnqueueTime());
    assertThat((result.getCompletionTime() - result.getEnqueueTime()) * 1_000)
        .isCloseTo(result.getTotalTime(), within(1.0));
    assertThat(result.getWaitTime() + result.getExecutionTime())
        .isCloseTo(result.getTotalTime(), within(1e-9));
    assertThat(client.listResults(ListResultsRequest.getDefaultInstance()).getResultsList())
        .containsExactly(result);
  }

  @Test
  void tellsWhyATaskFailed() {
    startModel("all-minilm-l6-v2", "{}", 1);
    client.enqueueTask(task("{\"text\":5}").setTaskId("bad").build());

    TaskResult bad = await("bad");
    assertThat(bad.getStatus()).isEqualTo("failed");
    assertThat(bad.getError()).isEqualTo("input_data.text: must be a string");
    assertThat(bad.hasResult()).isFalse();

    client.enqueueTask(task("{\"text\":\"food\"}").setTaskId("good").build());
    assertThat(await("good").getResult().getJson())
        .startsWith("{\"embedding\":[")
        .endsWith("],\"tokens\":3,\"model\":\"all-minilm-l6-v2\"}");
    assertThat(status().getSoftwareName()).isEqualTo("onnxruntime");
  }

  @Test
  void forecastsItsQueue() {
    assertThat(client.predictQueue(PredictQueueRequest.getDefaultInstance()))
        .isEqualTo(PredictQueueResponse.getDefaultInstance());
    GetQueueStatusResponse nothing =
        client.getQueueStatus(GetQueueStatusRequest.getDefaultInstance());
    assertThat(nothing.hasModelType()).isFalse();
    assertThat(nothing.hasExpectedMs()).isFalse();
    assertThat(nothing.hasErrorMs()).isFalse();

    startModel("m", ENDLESS, 1);
    GetQueueStatusResponse idle = client.getQueueStatus(GetQueueStatusRequest.getDefaultInstance());
    assertThat(idle.hasExpectedMs()).isTrue();
    assertThat(idle.getExpectedMs()).isZero();
    client.enqueueTask(task("{}").build());
    double one = client.predictQueue(PredictQueueRequest.getDefaultInstance()).getExpectedMs();
    client.enqueueTask(task("{}").build());
    PredictQueueResponse two = client.predictQueue(PredictQueueRequest.getDefaultInstance());

    assertThat(one).isPositive();
    assertThat(two.getExpectedMs()).isGreaterThan(one);
    assertThat(two.getErrorMs()).isPositive();
    assertThat(two.getQueueSize()).isEqualTo(2);
  }

  @Test
  void tellsItsHealth() {
    var health = client.getHealth(GetHealthRequest.getDefaultInstance());

    assertThat(health.getStatus()).isEqualTo("healthy");
    assertThat(health.getService()).isEqualTo("taskinstance");
    assertThat(health.getInstanceId()).isEqualTo("task-instance-7");
    assertThat(health.getVersion()).isNotEmpty();
  }

  private StartModelsResponse startModel(String model, String config, int count) {
    return client.startModels(request(model, config).setCount(count).build());
  }

  private static StartModelsRequest.Builder request(String model, String config) {
    return StartModelsRequest.newBuilder().setModelType(model).setConfig(JsonValues.of(config));
  }

  private static EnqueueTaskRequest.Builder task(String input) {
    return EnqueueTaskRequest.newBuilder().setInputData(JsonValues.of(input));
  }

  private GetStatusResponse status() {
    return client.getStatus(GetStatusRequest.getDefaultInstance());
  }

  private TaskResult result(String id) {
    return client.getResult(GetResultRequest.newBuilder().setTaskId(id).build()).getResult();
  }

  /// Polls as a client would; the test's timeout bounds it.
  private TaskResult await(String id) {
    while (true) {
      try {
        return result(id);
      } catch (StatusRuntimeException e) {
        assertThat(ErrorMapping.reason(e)).contains(ErrorReason.TASK_NOT_COMPLETED);
        LockSupport.parkNanos(1_000_000);
      }
    }
  }

  private static StatusRuntimeException assertRefused(
      ThrowingCallable call, Status.Code code, ErrorReason reason) {
    StatusRuntimeException refused = catchThrowableOfType(StatusRuntimeException.class, call);
    assertThat(refused).isNotNull();
    assertThat(refused.getStatus().getCode()).isEqualTo(code);
    assertThat(ErrorMapping.reason(refused)).contains(reason);
    return refused;
  }

  private static String details(StatusRuntimeException refused) {
    return ErrorMapping.errorInfo(refused).toString();
  }
}
