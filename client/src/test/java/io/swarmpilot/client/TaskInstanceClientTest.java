package io.swarmpilot.client;

import static io.swarmpilot.client.TestServer.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.swarmpilot.proto.taskinstance.v1.EnqueueTaskRequest;
import io.swarmpilot.proto.taskinstance.v1.EnqueueTaskResponse;
import io.swarmpilot.proto.taskinstance.v1.GetHealthRequest;
import io.swarmpilot.proto.taskinstance.v1.GetHealthResponse;
import io.swarmpilot.proto.taskinstance.v1.GetQueueStatusRequest;
import io.swarmpilot.proto.taskinstance.v1.GetQueueStatusResponse;
import io.swarmpilot.proto.taskinstance.v1.GetResultRequest;
import io.swarmpilot.proto.taskinstance.v1.GetResultResponse;
import io.swarmpilot.proto.taskinstance.v1.GetStatusRequest;
import io.swarmpilot.proto.taskinstance.v1.GetStatusResponse;
import io.swarmpilot.proto.taskinstance.v1.ListResultsRequest;
import io.swarmpilot.proto.taskinstance.v1.ListResultsResponse;
import io.swarmpilot.proto.taskinstance.v1.PredictQueueRequest;
import io.swarmpilot.proto.taskinstance.v1.PredictQueueResponse;
import io.swarmpilot.proto.taskinstance.v1.StartModelsRequest;
import io.swarmpilot.proto.taskinstance.v1.StartModelsResponse;
import io.swarmpilot.proto.taskinstance.v1.StopModelsRequest;
import io.swarmpilot.proto.taskinstance.v1.StopModelsResponse;
import io.swarmpilot.proto.taskinstance.v1.TaskInstanceServiceGrpc.TaskInstanceServiceImplBase;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class TaskInstanceClientTest {
  private final Recording instance = new Recording();
  private TestServer server;
  private TaskInstanceClient client;

  @BeforeEach
  void start() throws IOException {
    server = TestServer.of(instance);
    client = new TaskInstanceClient(server.url() + "/");
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void startsWithTheDocumentedDefaults() {
    StartedModels started = client.startModels("llama");

    assertThat(started).isEqualTo(new StartedModels("Started 1 replicas", "llama", 1, 3));
    assertThat(instance.seen)
        .containsExactly(
            StartModelsRequest.newBuilder()
                .setModelType("llama")
                .setCount(1)
                .setConfig(Json.value("{}"))
                .setNumGpusPerModel(0)
                .build());
  }

  @Test
  void stopsAllUnlessACountIsGiven() {
    assertThat(client.stopModels().stoppedReplicas()).containsExactly("replica-1", "replica-2");
    client.stopModels(1);

    assertThat(instance.seen)
        .containsExactly(
            StopModelsRequest.getDefaultInstance(),
            StopModelsRequest.newBuilder().setCount(1).build());
  }

  @Test
  void keepsEveryDigitOfTheInput() {
    EnqueuedTask task = client.enqueueTask("{\"n\": 9007199254740993, \"x\": 1.0}");

    assertThat(task).isEqualTo(new EnqueuedTask("task-1", 6, 1697000000.5));
    assertThat(instance.seen)
        .containsExactly(
            EnqueueTaskRequest.newBuilder()
                .setInputData(Json.value("{\"n\": 9007199254740993, \"x\": 1.0}"))
                .setMetadata(Json.value("{}"))
                .build());
  }

  @Test
  void readsResultsOneAndAll() {
    TaskResult result = client.getResult("task-1");

    assertThat(result.result()).contains("{\"output\": 1.0}");
    assertThat(result.error()).isEmpty();
    assertThat(result.totalMs()).isEqualTo(1445);
    assertThat(client.getAllResults()).isEqualTo(List.of(result));
  }

  @Test
  void refusesAnUnfinishedTaskWithItsReason() {
    MeshClientException failure =
        catchThrowableOfType(MeshClientException.class, () -> client.getResult("unfinished"));

    assertThat(failure.code()).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(failure.httpStatus()).isEqualTo(404);
    assertThat(failure.reason()).contains("TASK_NOT_COMPLETED");
    assertThat(failure.message()).isEqualTo("not completed");
    assertThat(failure.violations())
        .containsExactly(new FieldError("task_input", "missing", "Field required"));
    assertThat(failure.retryAfter()).contains(Duration.ofSeconds(3));
  }

  @Test
  void failsTheAsyncTwinAlike() {
    MeshClientException failure =
        catchThrowableOfType(
            MeshClientException.class, () -> Connection.await(client.getResultAsync("unfinished")));

    assertThat(failure.reason()).contains("TASK_NOT_COMPLETED");
  }

  @Test
  void answersTheConvenienceQuestions() {
    assertThat(client.getPredictionTime()).isEqualTo(new ExpectedTime(1500, 200));
    assertThat(client.predictQueue()).isEqualTo(new QueuePrediction(1500, 200, 5));
    assertThat(client.isRunning()).isTrue();
    assertThat(client.getModelType()).contains("llama");
    assertThat(client.getStatus().replicasRunning()).isEqualTo(2);
    assertThat(client.healthCheck().status()).isEqualTo("healthy");
    assertThat(client.getQueueStatus())
        .isEqualTo(new QueueStatus(0, Optional.empty(), Optional.empty()));
  }

  @Test
  void saysNotRunningWhenNobodyAnswers() {
    server.close();

    assertThat(client.isRunning()).isFalse();
    assertThat(client.getModelType()).isEmpty();
  }

  @Test
  void givesUpAfterItsTimeout() {
    try (TaskInstanceClient hasty = new TaskInstanceClient(server.url(), Duration.ofMillis(50))) {
      MeshClientException failure =
          catchThrowableOfType(MeshClientException.class, () -> hasty.getResult("never"));

      assertThat(failure.httpStatus()).isEqualTo(504);
      assertThat(failure.message()).isEqualTo("no answer in time");
    }
  }

  @Test
  void writesMapsAsJson() {
    assertThat(Json.of(Map.of("ids", List.of(9007199254740993L, 1.0))))
        .isEqualTo("{\"ids\":[9007199254740993,1.0]}");
  }

  /// Answers with the samples of the documentation and remembers what it was asked.
  private static final class Recording extends TaskInstanceServiceImplBase {
    private final List<Object> seen = new CopyOnWriteArrayList<>();

    @Override
    public void startModels(StartModelsRequest request, StreamObserver<StartModelsResponse> o) {
      seen.add(request);
      answer(
          o,
          StartModelsResponse.newBuilder()
              .setDetail("Started " + request.getCount() + " replicas")
              .setModelType(request.getModelType())
              .setReplicasStarted(request.getCount())
              .setTotalReplicas(3)
              .build());
    }

    @Override
    public void stopModels(StopModelsRequest request, StreamObserver<StopModelsResponse> o) {
      seen.add(request);
      answer(
          o,
          StopModelsResponse.newBuilder()
              .addStoppedReplicas("replica-1")
              .addStoppedReplicas("replica-2")
              .build());
    }

    @Override
    public void enqueueTask(EnqueueTaskRequest request, StreamObserver<EnqueueTaskResponse> o) {
      seen.add(request);
      answer(
          o,
          EnqueueTaskResponse.newBuilder()
              .setTaskId("task-1")
              .setQueueSize(6)
              .setEnqueueTime(1697000000.5)
              .build());
    }

    @Override
    public void getStatus(GetStatusRequest request, StreamObserver<GetStatusResponse> o) {
      answer(
          o,
          GetStatusResponse.newBuilder()
              .setModelType("llama")
              .setStatus("running")
              .setReplicasRunning(2)
              .build());
    }

    @Override
    public void predictQueue(PredictQueueRequest request, StreamObserver<PredictQueueResponse> o) {
      answer(
          o,
          PredictQueueResponse.newBuilder()
              .setExpectedMs(1500)
              .setErrorMs(200)
              .setQueueSize(5)
              .build());
    }

    @Override
    public void getQueueStatus(
        GetQueueStatusRequest request, StreamObserver<GetQueueStatusResponse> o) {
      answer(o, GetQueueStatusResponse.getDefaultInstance());
    }

    @Override
    public void getResult(GetResultRequest request, StreamObserver<GetResultResponse> o) {
      switch (request.getTaskId()) {
        case "never" -> {}
        case "unfinished" ->
            o.onError(
                TestServer.refusal(Status.Code.NOT_FOUND, "TASK_NOT_COMPLETED", "not completed"));
        default -> answer(o, GetResultResponse.newBuilder().setResult(result()).build());
      }
    }

    @Override
    public void listResults(ListResultsRequest request, StreamObserver<ListResultsResponse> o) {
      answer(o, ListResultsResponse.newBuilder().addResults(result()).build());
    }

    @Override
    public void getHealth(GetHealthRequest request, StreamObserver<GetHealthResponse> o) {
      answer(o, GetHealthResponse.newBuilder().setStatus("healthy").build());
    }

    private static io.swarmpilot.proto.taskinstance.v1.TaskResult result() {
      return io.swarmpilot.proto.taskinstance.v1.TaskResult.newBuilder()
          .setTaskId("task-1")
          .setResult(Json.value("{\"output\": 1.0}"))
          .setStatus("completed")
          .setWaitTime(500)
          .setExecutionTime(945)
          .setTotalTime(1445)
          .build();
    }
  }
}
