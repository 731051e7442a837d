package io.swarmpilot.taskinstance.service;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
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
import io.swarmpilot.runtime.BuildInfo;
import io.swarmpilot.runtime.error.ErrorReason;
import io.swarmpilot.runtime.error.MeshException;
import io.swarmpilot.runtime.grpc.Unary;
import io.swarmpilot.taskinstance.backend.ReplicaSpec;
import io.swarmpilot.taskinstance.forecast.Estimate;
import io.swarmpilot.taskinstance.queue.Accepted;
import io.swarmpilot.taskinstance.queue.Lookup;
import io.swarmpilot.taskinstance.queue.QueueView;
import io.swarmpilot.taskinstance.queue.StoppedReplicas;
import io.swarmpilot.taskinstance.queue.TaskQueue;
import java.util.concurrent.CompletionStage;

/// Serves `TaskInstanceService`. No method blocks.
public final class TaskInstanceEndpoint extends TaskInstanceServiceImplBase {
  private static final int MAX_LISTED = 1_000;
  private static final long MAX_LISTED_BYTES = 32L << 20;

  private final TaskQueue queue;
  private final ModelStarter starter;
  private final StatusMessages status;
  private final NoArgGenerator ids = Generators.timeBasedEpochGenerator();

  /// Serves a queue.
  public TaskInstanceEndpoint(TaskQueue queue, ModelStarter starter, StatusMessages status) {
    this.queue = queue;
    this.starter = starter;
    this.status = status;
  }

  @Override
  public void startModels(
      StartModelsRequest request, StreamObserver<StartModelsResponse> observer) {
    Unary.answerWhenDone(observer, start(request));
  }

  @Override
  public void stopModels(StopModelsRequest request, StreamObserver<StopModelsResponse> observer) {
    Unary.answer(
        observer,
        () -> {
          StoppedReplicas stopped = queue.replicas().stop(Requests.count(request));
          return StopModelsResponse.newBuilder()
              .setDetail("Stopped " + stopped.ids().size() + " replica(s)")
              .addAllStoppedReplicas(stopped.ids())
              .setRemainingReplicas(stopped.remaining())
              .build();
        });
  }

  @Override
  public void getStatus(GetStatusRequest request, StreamObserver<GetStatusResponse> observer) {
    Unary.answer(observer, () -> status.status(queue.view()));
  }

  @Override
  public void enqueueTask(
      EnqueueTaskRequest request, StreamObserver<EnqueueTaskResponse> observer) {
    Unary.answer(
        observer,
        () -> {
          Accepted accepted = queue.enqueue(Requests.task(request, this::newId));
          return EnqueueTaskResponse.newBuilder()
              .setTaskId(accepted.taskId())
              .setQueueSize(accepted.queueSize())
              .setEnqueueTime(accepted.enqueueTime())
              .build();
        });
  }

  @Override
  public void predictQueue(
      PredictQueueRequest request, StreamObserver<PredictQueueResponse> observer) {
    Unary.answer(
        observer,
        () -> {
          Estimate forecast = queue.forecast();
          return PredictQueueResponse.newBuilder()
              .setExpectedMs(forecast.meanMs())
              .setErrorMs(forecast.sdMs())
              .setQueueSize(queue.view().queueSize())
              .build();
        });
  }

  @Override
  public void getQueueStatus(
      GetQueueStatusRequest request, StreamObserver<GetQueueStatusResponse> observer) {
    Unary.answer(observer, this::queueStatus);
  }

  @Override
  public void getResult(GetResultRequest request, StreamObserver<GetResultResponse> observer) {
    Unary.answer(observer, () -> result(request.getTaskId()));
  }

  @Override
  public void listResults(
      ListResultsRequest request, StreamObserver<ListResultsResponse> observer) {
    Unary.answer(
        observer,
        () ->
            ListResultsResponse.newBuilder()
                .addAllResults(
                    queue.results(MAX_LISTED, MAX_LISTED_BYTES).stream()
                        .map(ResultMessages::result)
                        .toList())
                .build());
  }

  @Override
  public void getHealth(GetHealthRequest request, StreamObserver<GetHealthResponse> observer) {
    Unary.answer(
        observer,
        () ->
            GetHealthResponse.newBuilder()
                .setStatus(queue.view().draining() ? "draining" : "healthy")
                .setService("taskinstance")
                .setVersion(BuildInfo.version())
                .setInstanceId(status.identity().instanceId())
                .build());
  }

  private CompletionStage<StartModelsResponse> start(StartModelsRequest request) {
    ReplicaSpec spec = Requests.replica(request);
    int count = Requests.count(request);
    return starter
        .startOnRequest(spec, count, request.getNumGpusPerModel())
        .thenApply(running ->
            StartModelsResponse.newBuilder()
                .setDetail("Started " + count + (count == 1 ? " replica" : " replicas"))
                .setModelType(spec.modelType())
                .setReplicasStarted(count)
                .setTotalReplicas(running)
                .build());
  }

  private GetQueueStatusResponse queueStatus() {
    QueueView view = queue.view();
    GetQueueStatusResponse.Builder answer =
        GetQueueStatusResponse.newBuilder().setQueueSize(view.queueSize());
    if (view.model() != null) {
      Estimate forecast = queue.forecast();
      answer
          .setModelType(view.model())
          .setExpectedMs(forecast.meanMs())
          .setErrorMs(forecast.sdMs());
    }
    return answer.build();
  }

  private GetResultResponse result(String taskId) {
    return switch (queue.lookup(taskId)) {
      case Lookup.Finished(var task) ->
          GetResultResponse.newBuilder().setResult(ResultMessages.result(task)).build();
      case Lookup.Unfinished(boolean running) ->
          throw MeshException.of(
                  ErrorReason.TASK_NOT_COMPLETED, "Task " + taskId + " not completed")
              .with("status", running ? "running" : "pending");
      case Lookup.Unknown() ->
          throw MeshException.of(ErrorReason.TASK_NOT_FOUND, "Task " + taskId + " not found");
    };
  }

  private String newId() {
    return "task-" + ids.generate();
  }
}
