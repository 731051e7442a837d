package io.swarmpilot.client;

import static io.swarmpilot.client.TestServer.answer;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.swarmpilot.proto.scheduler.v1.CancelTaskRequest;
import io.swarmpilot.proto.scheduler.v1.CancelTaskResponse;
import io.swarmpilot.proto.scheduler.v1.ClearTasksRequest;
import io.swarmpilot.proto.scheduler.v1.ClearTasksResponse;
import io.swarmpilot.proto.scheduler.v1.DryRunRequest;
import io.swarmpilot.proto.scheduler.v1.DryRunResponse;
import io.swarmpilot.proto.scheduler.v1.ExplainTaskRequest;
import io.swarmpilot.proto.scheduler.v1.ExplainTaskResponse;
import io.swarmpilot.proto.scheduler.v1.FollowTaskRequest;
import io.swarmpilot.proto.scheduler.v1.FollowTaskResponse;
import io.swarmpilot.proto.scheduler.v1.GetHealthRequest;
import io.swarmpilot.proto.scheduler.v1.GetHealthResponse;
import io.swarmpilot.proto.scheduler.v1.GetQueueInfoRequest;
import io.swarmpilot.proto.scheduler.v1.GetQueueInfoResponse;
import io.swarmpilot.proto.scheduler.v1.GetStrategyRequest;
import io.swarmpilot.proto.scheduler.v1.GetStrategyResponse;
import io.swarmpilot.proto.scheduler.v1.ListInstancesRequest;
import io.swarmpilot.proto.scheduler.v1.ListInstancesResponse;
import io.swarmpilot.proto.scheduler.v1.ListTasksRequest;
import io.swarmpilot.proto.scheduler.v1.ListTasksResponse;
import io.swarmpilot.proto.scheduler.v1.NotifyTaskCompleteRequest;
import io.swarmpilot.proto.scheduler.v1.NotifyTaskCompleteResponse;
import io.swarmpilot.proto.scheduler.v1.QueryTaskRequest;
import io.swarmpilot.proto.scheduler.v1.QueryTaskResponse;
import io.swarmpilot.proto.scheduler.v1.RegisterInstanceRequest;
import io.swarmpilot.proto.scheduler.v1.RegisterInstanceResponse;
import io.swarmpilot.proto.scheduler.v1.RemoveInstanceRequest;
import io.swarmpilot.proto.scheduler.v1.RemoveInstanceResponse;
import io.swarmpilot.proto.scheduler.v1.SchedulerServiceGrpc.SchedulerServiceImplBase;
import io.swarmpilot.proto.scheduler.v1.SetPredictModeRequest;
import io.swarmpilot.proto.scheduler.v1.SetPredictModeResponse;
import io.swarmpilot.proto.scheduler.v1.SetStrategyRequest;
import io.swarmpilot.proto.scheduler.v1.SetStrategyResponse;
import io.swarmpilot.proto.scheduler.v1.SubmitResultRequest;
import io.swarmpilot.proto.scheduler.v1.SubmitResultResponse;
import io.swarmpilot.proto.scheduler.v1.SubmitTaskRequest;
import io.swarmpilot.proto.scheduler.v1.SubmitTaskResponse;
import io.swarmpilot.proto.scheduler.v1.SubmitTasksRequest;
import io.swarmpilot.proto.scheduler.v1.SubmitTasksResponse;
import io.swarmpilot.proto.scheduler.v1.SubmittedTask;
import io.swarmpilot.proto.scheduler.v1.TaskSpec;
import io.swarmpilot.proto.scheduler.v1.UsedPrediction;
import io.swarmpilot.proto.scheduler.v1.WaitTaskRequest;
import io.swarmpilot.proto.scheduler.v1.WaitTaskResponse;
import io.swarmpilot.proto.scheduler.v1.WatchTasksRequest;
import io.swarmpilot.proto.scheduler.v1.WatchTasksResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A scheduler that plays the parts a client has to cope with.
final class ScriptedScheduler extends SchedulerServiceImplBase {
  /// What a watch of tasks meets.
  enum Watch {
    COMPLETES,
    UNSUPPORTED,
    SILENT,
    UNKNOWN
  }

  private final AtomicInteger queries = new AtomicInteger();
  private final CompletableFuture<Integer> cancelled = new CompletableFuture<>();
  private volatile Watch watch = Watch.SILENT;
  private volatile String strategy = "round_robin";
  private volatile String mode = "default";
  private volatile String result = "{}";

  void watch(Watch part) {
    watch = part;
  }

  int queries() {
    return queries.get();
  }

  CompletableFuture<Integer> cancelledWatches() {
    return cancelled.copy();
  }

  @Override
  public void setStrategy(SetStrategyRequest request, StreamObserver<SetStrategyResponse> o) {
    boolean known = request.getName().equals("weighted");
    if (known) {
      strategy = request.getName();
    }
    answer(
        o,
        SetStrategyResponse.newBuilder()
            .setStatus(known ? "success" : "error")
            .setMessage(known ? "OK" : "unknown: " + request.getName())
            .build());
  }

  @Override
  public void setPredictMode(
      SetPredictModeRequest request, StreamObserver<SetPredictModeResponse> o) {
    mode = request.getMode();
    answer(o, SetPredictModeResponse.newBuilder().setStatus("success").build());
  }

  @Override
  public void getStrategy(GetStrategyRequest request, StreamObserver<GetStrategyResponse> o) {
    answer(
        o,
        GetStrategyResponse.newBuilder()
            .setStrategy(strategy)
            .setPredictMode(mode)
            .addAvailable("weighted")
            .addAvailable("round_robin")
            .build());
  }

  @Override
  public void registerInstance(
      RegisterInstanceRequest request, StreamObserver<RegisterInstanceResponse> o) {
    String model = request.hasModelName() ? request.getModelName() : "null";
    answer(
        o,
        RegisterInstanceResponse.newBuilder()
            .setStatus("success")
            .setMessage(request.getHost() + ":" + request.getPort() + " " + model)
            .setTiUuid("uuid-1")
            .build());
  }

  @Override
  public void removeInstance(
      RemoveInstanceRequest request, StreamObserver<RemoveInstanceResponse> o) {
    String named =
        request.hasTiUuid() ? request.getTiUuid() : request.getHost() + ":" + request.getPort();
    answer(o, RemoveInstanceResponse.newBuilder().setStatus("success").setMessage(named).build());
  }

  @Override
  public void listInstances(ListInstancesRequest request, StreamObserver<ListInstancesResponse> o) {
    ListInstancesResponse.Builder response = ListInstancesResponse.newBuilder();
    response.addInstancesBuilder().setTiUuid("uuid-1");
    answer(o, response.build());
  }

  @Override
  public void submitTask(SubmitTaskRequest request, StreamObserver<SubmitTaskResponse> o) {
    if (request.getModelName().equals("refused")) {
      o.onError(TestServer.refusal(Status.Code.INVALID_ARGUMENT, "INVALID_FIELD", "task_input"));
      return;
    }
    result =
        "{\"model\":\"%s\",\"input\":%s,\"metadata\":%s}"
            .formatted(
                request.getModelName(),
                request.getTaskInput().getJson(),
                request.getMetadata().getJson());
    answer(
        o,
        SubmitTaskResponse.newBuilder()
            .setTaskId("task-1")
            .setScheduledTi("uuid-1")
            .setMessage("OK")
            .build());
  }

  @Override
  public void submitTasks(SubmitTasksRequest request, StreamObserver<SubmitTasksResponse> o) {
    SubmitTasksResponse.Builder response = SubmitTasksResponse.newBuilder().setStatus("partial");
    for (TaskSpec task : request.getTasksList()) {
      response.addResults(
          task.getTaskInput().getJson().equals("{}")
              ? SubmittedTask.newBuilder().setTaskId(task.getTaskId()).setScheduledTi("uuid-1")
              : SubmittedTask.newBuilder().setError("no"));
    }
    answer(o, response.build());
  }

  @Override
  public void queryTask(QueryTaskRequest request, StreamObserver<QueryTaskResponse> o) {
    queries.incrementAndGet();
    if (request.getTaskId().equals("nowhere")) {
      o.onError(TestServer.refusal(Status.Code.NOT_FOUND, "TASK_NOT_FOUND", "nowhere"));
    } else {
      answer(o, QueryTaskResponse.newBuilder().setTask(completed(request.getTaskId())).build());
    }
  }

  @Override
  public void waitTask(WaitTaskRequest request, StreamObserver<WaitTaskResponse> o) {
    if (request.getTaskId().equals("nowhere")) {
      o.onError(TestServer.refusal(Status.Code.NOT_FOUND, "TASK_NOT_FOUND", "nowhere"));
      return;
    }
    WaitTaskResponse answer =
        WaitTaskResponse.newBuilder()
            .setTask(
                completed(request.getTaskId()).toBuilder()
                    .setError(Integer.toString(request.getTimeoutMs())))
            .build();
    int heldBackMs = request.getTaskId().equals("late") ? 1_200 : 0;
    CompletableFuture.delayedExecutor(heldBackMs, TimeUnit.MILLISECONDS)
        .execute(() -> answer(o, answer));
  }

  @Override
  public void explainTask(ExplainTaskRequest request, StreamObserver<ExplainTaskResponse> o) {
    if (request.getTaskId().equals("nowhere")) {
      o.onError(TestServer.refusal(Status.Code.NOT_FOUND, "TASK_NOT_FOUND", "nowhere"));
      return;
    }
    ExplainTaskResponse.Builder response =
        ExplainTaskResponse.newBuilder()
            .setMessage("OK")
            .setQueue(io.swarmpilot.proto.scheduler.v1.QueueOutlook.getDefaultInstance());
    response
        .addDecisionsBuilder()
        .setStrategy("edf")
        .putNotes("k", "v")
        .setPrediction(UsedPrediction.newBuilder().setMeanMs(5).setErrorMs(1))
        .addCandidates(
            io.swarmpilot.proto.scheduler.v1.DecisionCandidate.newBuilder()
                .setChosen(true)
                .setScore(0));
    answer(o, response.build());
  }

  @Override
  public void dryRun(DryRunRequest request, StreamObserver<DryRunResponse> o) {
    DryRunResponse.Builder response =
        DryRunResponse.newBuilder().setStrategy(request.getStrategy());
    request
        .getRequestsList()
        .forEach(r ->
            response.addPrioritized(
                joined(
                    r.getRequestId(),
                    r.getModelName(),
                    r.getPriority().getValue().getStringValue(),
                    r.getSloDeadlineMs(),
                    r.getArrivalTime(),
                    r.getMaxTokens(),
                    r.getCostBudget(),
                    r.getExpectedMs(),
                    r.getErrorMs())));
    request
        .getInstancesList()
        .forEach(i ->
            response.addUnplaced(
                joined(
                    i.getInstanceId(),
                    i.getModelName(),
                    i.getCurrentLoad(),
                    i.getActiveRequests(),
                    i.getMaxConcurrentRequests(),
                    i.getAvgLatencyMs(),
                    i.getThroughputTokensPerSec(),
                    i.getGpuCount(),
                    i.getIsAvailable())));
    response.addDecisionsBuilder().putMetadata("k", "v");
    answer(o, response.build());
  }

  private static String joined(Object... parts) {
    return Stream.of(parts).map(Object::toString).collect(Collectors.joining(" "));
  }

  @Override
  public void watchTasks(WatchTasksRequest request, StreamObserver<WatchTasksResponse> o) {
    String id = request.getTaskIds(0);
    switch (watch) {
      case COMPLETES -> {
        o.onNext(event("task_state", completed(id).toBuilder().setTaskStatus("scheduled")));
        o.onNext(event("task_completed", completed(id).toBuilder()));
        o.onCompleted();
      }
      case UNSUPPORTED -> o.onError(Status.UNIMPLEMENTED.asRuntimeException());
      case SILENT ->
          ((ServerCallStreamObserver<?>) o).setOnCancelHandler(() -> cancelled.complete(1));
      case UNKNOWN -> {
        o.onNext(
            event(
                "task_not_found",
                io.swarmpilot.proto.scheduler.v1.Task.newBuilder().setTaskId(id)));
        o.onCompleted();
      }
    }
  }

  @Override
  public void followTask(FollowTaskRequest request, StreamObserver<FollowTaskResponse> o) {
    FollowTaskResponse.Builder output = FollowTaskResponse.newBuilder().setEvent("task_output");
    output
        .getOutputBuilder()
        .setAttempt(1)
        .setSequence(4)
        .setDropped(2)
        .getPieceBuilder()
        .setJson("1.0");
    o.onNext(output.build());
    o.onNext(
        FollowTaskResponse.newBuilder()
            .setEvent("task_completed")
            .setData(completed(request.getTaskId()))
            .build());
    o.onCompleted();
  }

  @Override
  public void getQueueInfo(GetQueueInfoRequest request, StreamObserver<GetQueueInfoResponse> o) {
    GetQueueInfoResponse.Builder response = GetQueueInfoResponse.newBuilder();
    response.addQueuesBuilder().setWaitingTimeExpect(12.5).setWaitingTimeError(3);
    answer(o, response.build());
  }

  @Override
  public void listTasks(ListTasksRequest request, StreamObserver<ListTasksResponse> o) {
    answer(
        o,
        ListTasksResponse.newBuilder()
            .setTotalTasks(request.getPageSize())
            .setNextPageToken(
                request.hasTaskStatus()
                    ? request.getTaskStatus()
                    : joined(
                        request.getUserId(),
                        request.getScheduledTi(),
                        request.getPriority(),
                        request.getSuccess(),
                        request.getSubmittedAfter(),
                        request.getSubmittedBefore(),
                        request.getStrategy(),
                        request.getModelName(),
                        request.getPageToken()))
            .build());
  }

  @Override
  public void clearTasks(ClearTasksRequest request, StreamObserver<ClearTasksResponse> o) {
    answer(o, ClearTasksResponse.newBuilder().setClearedCount(7).build());
  }

  @Override
  public void cancelTask(CancelTaskRequest request, StreamObserver<CancelTaskResponse> o) {
    answer(o, CancelTaskResponse.newBuilder().setMessage("cancelled").build());
  }

  @Override
  public void notifyTaskComplete(
      NotifyTaskCompleteRequest r, StreamObserver<NotifyTaskCompleteResponse> o) {
    String seen =
        "%s %s %s %s"
            .formatted(
                r.getTaskId(), r.getInstanceId(), r.getExecutionTime(), r.getResult().getJson());
    answer(o, NotifyTaskCompleteResponse.newBuilder().setMessage(seen).build());
  }

  @Override
  public void submitResult(SubmitResultRequest r, StreamObserver<SubmitResultResponse> o) {
    String seen =
        "%s %s %s %s %s"
            .formatted(
                r.getTaskId(),
                r.getInstanceId(),
                r.getExecutionTime(),
                r.getResult().getJson(),
                r.getError());
    answer(o, SubmitResultResponse.newBuilder().setMessage(seen).build());
  }

  @Override
  public void getHealth(GetHealthRequest request, StreamObserver<GetHealthResponse> o) {
    answer(o, GetHealthResponse.newBuilder().setStatus("healthy").build());
  }

  private io.swarmpilot.proto.scheduler.v1.Task completed(String id) {
    return io.swarmpilot.proto.scheduler.v1.Task.newBuilder()
        .setTaskId(id)
        .setTaskStatus("completed")
        .setSuccess(true)
        .setResult(Json.value(result))
        .build();
  }

  private static WatchTasksResponse event(
      String name, io.swarmpilot.proto.scheduler.v1.Task.Builder task) {
    return WatchTasksResponse.newBuilder().setEvent(name).setData(task).build();
  }
}
