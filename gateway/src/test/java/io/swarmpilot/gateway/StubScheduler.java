package io.swarmpilot.gateway;

import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.swarmpilot.proto.common.v1.JsonValue;
import io.swarmpilot.proto.scheduler.v1.DecisionCandidate;
import io.swarmpilot.proto.scheduler.v1.DryRunRequest;
import io.swarmpilot.proto.scheduler.v1.DryRunResponse;
import io.swarmpilot.proto.scheduler.v1.ExplainTaskRequest;
import io.swarmpilot.proto.scheduler.v1.ExplainTaskResponse;
import io.swarmpilot.proto.scheduler.v1.GetHealthRequest;
import io.swarmpilot.proto.scheduler.v1.GetHealthResponse;
import io.swarmpilot.proto.scheduler.v1.GetQueueInfoRequest;
import io.swarmpilot.proto.scheduler.v1.GetQueueInfoResponse;
import io.swarmpilot.proto.scheduler.v1.Instance;
import io.swarmpilot.proto.scheduler.v1.ListInstancesRequest;
import io.swarmpilot.proto.scheduler.v1.ListInstancesResponse;
import io.swarmpilot.proto.scheduler.v1.ListTasksRequest;
import io.swarmpilot.proto.scheduler.v1.ListTasksResponse;
import io.swarmpilot.proto.scheduler.v1.QueryTaskRequest;
import io.swarmpilot.proto.scheduler.v1.QueryTaskResponse;
import io.swarmpilot.proto.scheduler.v1.QueueInfo;
import io.swarmpilot.proto.scheduler.v1.SchedulerServiceGrpc;
import io.swarmpilot.proto.scheduler.v1.SubmitTaskRequest;
import io.swarmpilot.proto.scheduler.v1.SubmitTaskResponse;
import io.swarmpilot.proto.scheduler.v1.SubmitTasksRequest;
import io.swarmpilot.proto.scheduler.v1.SubmitTasksResponse;
import io.swarmpilot.proto.scheduler.v1.Task;
import io.swarmpilot.proto.scheduler.v1.TaskDecision;
import io.swarmpilot.proto.scheduler.v1.UsedPrediction;
import io.swarmpilot.proto.scheduler.v1.WaitTaskRequest;
import io.swarmpilot.proto.scheduler.v1.WaitTaskResponse;
import io.swarmpilot.proto.scheduler.v1.WatchTasksRequest;
import io.swarmpilot.proto.scheduler.v1.WatchTasksResponse;
import io.swarmpilot.runtime.error.ErrorReason;
import io.swarmpilot.runtime.error.FieldViolation;
import io.swarmpilot.runtime.error.MeshException;
import io.swarmpilot.runtime.grpc.Unary;
import io.swarmpilot.runtime.json.CheckedJson;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Echoes what it is given, and fails on request: the model's name says how.
final class StubScheduler extends SchedulerServiceGrpc.SchedulerServiceImplBase {
  final BlockingQueue<SubmitTaskRequest> submitted = new LinkedBlockingQueue<>();
  final BlockingQueue<Boolean> checked = new LinkedBlockingQueue<>();
  final BlockingQueue<Long> deadlines = new LinkedBlockingQueue<>();
  final CountDownLatch hanging = new CountDownLatch(1);
  final CountDownLatch cancelled = new CountDownLatch(1);
  private final List<Instance> instances = new CopyOnWriteArrayList<>();

  void addInstance(String uuid, String name, String address) {
    instances.add(
        Instance.newBuilder().setTiUuid(uuid).setInstanceId(name).setAddress(address).build());
  }

  @Override
  public void submitTask(SubmitTaskRequest request, StreamObserver<SubmitTaskResponse> observer) {
    submitted.add(request);
    checked.add(CheckedJson.isChecked());
    Deadline deadline = Context.current().getDeadline();
    deadlines.add(deadline == null ? -1 : deadline.timeRemaining(TimeUnit.MILLISECONDS));
    if (request.getModelName().equals("hang")) {
      ((ServerCallStreamObserver<SubmitTaskResponse>) observer)
          .setOnCancelHandler(cancelled::countDown);
      hanging.countDown();
      return;
    }
    Unary.answer(observer, () -> submit(request));
  }

  private static SubmitTaskResponse submit(SubmitTaskRequest request) {
    return switch (request.getModelName()) {
      case "none" ->
          throw MeshException.of(ErrorReason.NO_INSTANCES, "No TaskInstances configured");
      case "full" ->
          throw MeshException.of(ErrorReason.QUEUE_FULL, "too many tasks")
              .retryAfter(Duration.ofMillis(1_500))
              .with("bound", "10");
      case "invalid" ->
          throw MeshException.invalid(
              List.of(
                  FieldViolation.missing("task_input"), FieldViolation.invalid("metadata", "no")));
      case "bug" -> throw new IllegalStateException("secret internals");
      case "large" -> throw MeshException.of(ErrorReason.MESSAGE_TOO_LARGE, "too large");
      default ->
          SubmitTaskResponse.newBuilder()
              .setStatus("success")
              .setTaskId(request.hasTaskId() ? request.getTaskId() : "task-1")
              .setScheduledTi("uuid-1")
              .setMessage("OK")
              .build();
    };
  }

  @Override
  public void submitTasks(
      SubmitTasksRequest request, StreamObserver<SubmitTasksResponse> observer) {
    Unary.answer(
        observer,
        () -> {
          throw MeshException.invalid("tasks[2].task_input", "must be an object");
        });
  }

  @Override
  public void queryTask(QueryTaskRequest request, StreamObserver<QueryTaskResponse> observer) {
    Unary.answer(
        observer,
        () -> {
          if (request.getTaskId().equals("gone")) {
            throw MeshException.of(ErrorReason.TASK_NOT_FOUND, "Task gone not found");
          }
          if (request.getTaskId().equals("odd")) {
            throw MeshException.invalid("task_id", "must not be odd");
          }
          return QueryTaskResponse.newBuilder()
              .setTask(
                  Task.newBuilder()
                      .setTaskId(request.getTaskId())
                      .setTaskStatus("completed")
                      .setSubmitTime(1697123456.789)
                      .setResult(
                          JsonValue.newBuilder().setJson("{\"n\": 9007199254740993,\n\"x\":1.0}")))
              .build();
        });
  }

  /// Holds its answer back for as long as it is told to.
  @Override
  public void waitTask(WaitTaskRequest request, StreamObserver<WaitTaskResponse> observer) {
    hanging.countDown();
    Executor later =
        CompletableFuture.delayedExecutor(request.getTimeoutMs(), TimeUnit.MILLISECONDS);
    later.execute(() ->
        Unary.answer(
            observer,
            () ->
                WaitTaskResponse.newBuilder()
                    .setTask(Task.newBuilder().setTaskId(request.getTaskId()))
                    .build()));
  }

  @Override
  public void explainTask(
      ExplainTaskRequest request, StreamObserver<ExplainTaskResponse> observer) {
    Unary.answer(
        observer,
        () ->
            ExplainTaskResponse.newBuilder()
                .setStatus("success")
                .setTaskId(request.getTaskId())
                .addDecisions(
                    TaskDecision.newBuilder()
                        .putNotes("policy", "priority")
                        .setPrediction(UsedPrediction.newBuilder().setMeanMs(5))
                        .addCandidates(DecisionCandidate.newBuilder().setTiUuid("uuid-1")))
                .build());
  }

  @Override
  public void dryRun(DryRunRequest request, StreamObserver<DryRunResponse> observer) {
    Unary.answer(
        observer,
        () ->
            DryRunResponse.newBuilder()
                .setStatus("success")
                .addUnplaced(request.getRequests(0).getPriority().getJson())
                .build());
  }

  @Override
  public void getQueueInfo(
      GetQueueInfoRequest request, StreamObserver<GetQueueInfoResponse> observer) {
    Unary.answer(
        observer,
        () ->
            GetQueueInfoResponse.newBuilder()
                .setStatus("success")
                .addQueues(QueueInfo.newBuilder().setModelName(request.getModelName()))
                .build());
  }

  @Override
  public void listTasks(ListTasksRequest request, StreamObserver<ListTasksResponse> observer) {
    Unary.answer(
        observer,
        () ->
            ListTasksResponse.newBuilder()
                .setStatus("success")
                .setTotalTasks(request.getPageSize())
                .build());
  }

  @Override
  public void listInstances(
      ListInstancesRequest request, StreamObserver<ListInstancesResponse> observer) {
    Unary.answer(
        observer,
        () ->
            ListInstancesResponse.newBuilder()
                .setStatus("success")
                .addAllInstances(instances)
                .build());
  }

  /// The first id says how many events there are; then it ends as the second id says.
  @Override
  public void watchTasks(WatchTasksRequest request, StreamObserver<WatchTasksResponse> observer) {
    ServerCallStreamObserver<WatchTasksResponse> call =
        (ServerCallStreamObserver<WatchTasksResponse>) observer;
    call.setOnCancelHandler(cancelled::countDown);
    int events = Integer.parseInt(request.getTaskIds(0));
    for (int i = 0; i < events; i++) {
      call.onNext(
          WatchTasksResponse.newBuilder()
              .setEvent("task_completed")
              .setData(
                  Task.newBuilder()
                      .setTaskId("task-" + i)
                      .setResult(JsonValue.newBuilder().setJson("{\"lines\":\n1}")))
              .build());
    }
    switch (request.getTaskIdsCount() > 1 ? request.getTaskIds(1) : "end") {
      case "end" -> call.onCompleted();
      case "fail" ->
          call.onError(MeshException.of(ErrorReason.DRAINING, "The service is shutting down"));
      default -> hanging.countDown();
    }
  }

  @Override
  public void getHealth(GetHealthRequest request, StreamObserver<GetHealthResponse> observer) {
    Unary.answer(
        observer,
        () -> GetHealthResponse.newBuilder().setStatus("healthy").setService("scheduler").build());
  }
}
