package io.swarmpilot.scheduler.service;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.swarmpilot.proto.common.v1.JsonValue;
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
import io.swarmpilot.proto.scheduler.v1.WaitTaskRequest;
import io.swarmpilot.proto.scheduler.v1.WaitTaskResponse;
import io.swarmpilot.proto.scheduler.v1.WatchTasksRequest;
import io.swarmpilot.proto.scheduler.v1.WatchTasksResponse;
import io.swarmpilot.runtime.BuildInfo;
import io.swarmpilot.runtime.error.Violations;
import io.swarmpilot.runtime.grpc.Unary;
import io.swarmpilot.runtime.json.JsonValues;
import io.swarmpilot.scheduler.core.Answer;
import io.swarmpilot.scheduler.core.Command;
import io.swarmpilot.scheduler.core.InstanceState;
import io.swarmpilot.scheduler.core.TaskExplanation;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// The scheduler's gRPC service: decodes and validates, hands over, encodes. No method blocks.
public final class SchedulerEndpoint extends SchedulerServiceImplBase {
  private static final String SUCCESS = "success";
  private static final int MOST_WATCHED = 10_000;

  private final EndpointParts parts;
  private final Requests requests;
  private final Submitter submitter;
  private final Administration administration;
  private final Notes notes;
  private final TaskWaits waits;
  private final TaskFollowers followers;
  private final Instances instances;
  private final DryRuns dryRuns;

  /// A service on these parts.
  public SchedulerEndpoint(EndpointParts parts) {
    this.parts = parts;
    this.requests = new Requests(parts.loop());
    this.submitter =
        new Submitter(
            parts.view(),
            parts.predictions(),
            parts.loop(),
            parts.clock(),
            parts.draining(),
            new StrategyOverride(parts.policies(), parts.strategyLocked()));
    this.administration = new Administration(parts, requests);
    this.notes = new Notes(parts.view(), parts.links(), requests);
    this.waits = new TaskWaits(parts.view(), parts.outbound());
    this.followers = new TaskFollowers(parts.view(), parts.outputs(), parts.outbound());
    this.instances = new Instances(parts.view(), parts.clock());
    this.dryRuns = new DryRuns(parts);
  }

  @Override
  public void setStrategy(
      SetStrategyRequest request, StreamObserver<SetStrategyResponse> observer) {
    Unary.answerWhenDone(observer, administration.setStrategy(request));
  }

  @Override
  public void dryRun(DryRunRequest request, StreamObserver<DryRunResponse> observer) {
    Unary.answerWhenDone(observer, dryRuns.answer(request));
  }

  @Override
  public void getStrategy(
      GetStrategyRequest request, StreamObserver<GetStrategyResponse> observer) {
    Unary.answer(observer, administration::strategy);
  }

  @Override
  public void setPredictMode(
      SetPredictModeRequest request, StreamObserver<SetPredictModeResponse> observer) {
    Unary.answerWhenDone(observer, administration.setPredictMode(request));
  }

  @Override
  public void registerInstance(
      RegisterInstanceRequest request, StreamObserver<RegisterInstanceResponse> observer) {
    Unary.answerWhenDone(observer, administration.register(request));
  }

  @Override
  public void removeInstance(
      RemoveInstanceRequest request, StreamObserver<RemoveInstanceResponse> observer) {
    Unary.answerWhenDone(observer, administration.remove(request));
  }

  @Override
  public void listInstances(
      ListInstancesRequest request, StreamObserver<ListInstancesResponse> observer) {
    Unary.answer(observer, () -> instances.list(request.getModelName()));
  }

  @Override
  public void getQueueInfo(
      GetQueueInfoRequest request, StreamObserver<GetQueueInfoResponse> observer) {
    Unary.answer(observer, () -> instances.queues(request.getModelName()));
  }

  @Override
  public void submitTask(SubmitTaskRequest request, StreamObserver<SubmitTaskResponse> observer) {
    submitter.requireServing();
    Violations violations = new Violations().requireText("model_name", request.getModelName(), 256);
    Submission submission =
        Submission.read(
            request.getTaskInput(),
            request.getMetadata(),
            request.hasTaskId() ? Optional.of(request.getTaskId()) : Optional.empty(),
            "",
            submitter.override(),
            violations);
    violations.throwIfAny();
    submitter.submit(request.getModelName(), submission, answer -> answerSubmit(observer, answer));
  }

  @Override
  public void submitTasks(
      SubmitTasksRequest request, StreamObserver<SubmitTasksResponse> observer) {
    new BatchSubmit(submitter, request, observer).run();
  }

  @Override
  public void queryTask(QueryTaskRequest request, StreamObserver<QueryTaskResponse> observer) {
    Unary.answer(
        observer,
        () ->
            QueryTaskResponse.newBuilder()
                .setTask(Tasks.encode(Tasks.find(parts.view().tasks(), request.getTaskId())))
                .build());
  }

  @Override
  public void waitTask(WaitTaskRequest request, StreamObserver<WaitTaskResponse> observer) {
    waits.open(request, (ServerCallStreamObserver<WaitTaskResponse>) observer);
  }

  @Override
  public void explainTask(
      ExplainTaskRequest request, StreamObserver<ExplainTaskResponse> observer) {
    String id = request.getTaskId();
    new Violations().requirePresent(!id.isEmpty(), "task_id").throwIfAny();
    Unary.answerWhenDone(
        observer,
        requests
            .<Optional<TaskExplanation>>ask(reply -> new Command.Explain(id, reply))
            .thenApply(found ->
                Decisions.encode(
                    found.orElseThrow(() -> new CompletionException(Tasks.notFound(id))))));
  }

  @Override
  public void watchTasks(WatchTasksRequest request, StreamObserver<WatchTasksResponse> observer) {
    new Violations()
        .require(
            request.getTaskIdsCount() <= MOST_WATCHED,
            "task_ids",
            "must have at most " + MOST_WATCHED + " ids")
        .throwIfAny();
    new TaskStream(
            parts.view(),
            (ServerCallStreamObserver<WatchTasksResponse>) observer,
            parts.outbound(),
            request.getTaskIdsList(),
            request.getModelName(),
            parts.maxWatched())
        .open();
  }

  @Override
  public void followTask(FollowTaskRequest request, StreamObserver<FollowTaskResponse> observer) {
    followers.open(request, (ServerCallStreamObserver<FollowTaskResponse>) observer);
  }

  @Override
  public void listTasks(ListTasksRequest request, StreamObserver<ListTasksResponse> observer) {
    Listing listing = Listing.read(request, parts.policies());
    Unary.answerWhenDone(
        observer,
        CompletableFuture.supplyAsync(
            () -> listing.answer(parts.view().tasks()), parts.blocking()));
  }

  @Override
  public void clearTasks(ClearTasksRequest request, StreamObserver<ClearTasksResponse> observer) {
    Unary.answerWhenDone(
        observer,
        requests
            .<Integer>ask(Command.Clear::new)
            .thenApply(count ->
                ClearTasksResponse.newBuilder()
                    .setStatus(SUCCESS)
                    .setMessage("Cleared " + count + " task(s)")
                    .setClearedCount(count)
                    .build()));
  }

  @Override
  public void cancelTask(CancelTaskRequest request, StreamObserver<CancelTaskResponse> observer) {
    new Violations().requireText("task_id", request.getTaskId(), 128).throwIfAny();
    Unary.answerWhenDone(
        observer,
        requests
            .<Answer.Cancelled>ask(reply -> new Command.Cancel(request.getTaskId(), reply))
            .thenApply(answer -> cancelled(request.getTaskId(), answer)));
  }

  @Override
  public void notifyTaskComplete(
      NotifyTaskCompleteRequest request, StreamObserver<NotifyTaskCompleteResponse> observer) {
    Violations violations = new Violations();
    requireNote(
        violations,
        request.getTaskId(),
        request.getInstanceId(),
        request.hasExecutionTime(),
        request.getExecutionTime());
    JsonValue result = Notes.result(request.getResult(), violations);
    violations.throwIfAny();
    boolean complete = JsonValues.isPresent(result) || !request.getError().isEmpty();
    Unary.answerWhenDone(
        observer,
        (complete
                ? notes.note(
                    request.getInstanceId(),
                    request.getTaskId(),
                    Notes.outcome(result, request.getError(), request.getExecutionTime(), ""))
                : notes.noteFetched(
                    request.getInstanceId(), request.getTaskId(), request.getExecutionTime()))
            .thenApply(SchedulerEndpoint::notified));
  }

  @Override
  public void submitResult(
      SubmitResultRequest request, StreamObserver<SubmitResultResponse> observer) {
    Violations violations = new Violations();
    requireNote(
        violations,
        request.getTaskId(),
        request.getInstanceId(),
        request.hasExecutionTime(),
        request.getExecutionTime());
    violations.requirePresent(JsonValues.isPresent(request.getResult()), "result");
    JsonValue result = Notes.result(request.getResult(), violations);
    violations.throwIfAny();
    Unary.answerWhenDone(
        observer,
        notes
            .note(
                request.getInstanceId(),
                request.getTaskId(),
                Notes.outcome(
                    result, request.getError(), request.getExecutionTime(), request.getReplicaId()))
            .thenApply(answer ->
                SubmitResultResponse.newBuilder()
                    .setStatus(Notes.status(answer, true))
                    .setMessage(Notes.message(answer))
                    .build()));
  }

  @Override
  public void getHealth(GetHealthRequest request, StreamObserver<GetHealthResponse> observer) {
    Unary.answer(
        observer,
        () ->
            GetHealthResponse.newBuilder()
                .setStatus(parts.draining().getAsBoolean() ? "draining" : "healthy")
                .setService("scheduler")
                .setVersion(BuildInfo.version())
                .setStrategy(parts.view().settings().strategy())
                .setDurability(parts.durability())
                .setAvailableInstances(
                    (int)
                        instances
                            .of("")
                            .filter(instance -> instance.state() == InstanceState.AVAILABLE)
                            .count())
                .setRegisteredInstances((int) instances.of("").count())
                .setLiveTasks(parts.view().tasks().live())
                .build());
  }

  private static void answerSubmit(
      StreamObserver<SubmitTaskResponse> observer, Answer.Submitted answer) {
    if (answer instanceof Answer.Accepted accepted) {
      observer.onNext(
          SubmitTaskResponse.newBuilder()
              .setStatus(SUCCESS)
              .setTaskId(accepted.taskId())
              .setScheduledTi(accepted.instance())
              .setMessage("OK")
              .build());
      observer.onCompleted();
    } else {
      observer.onError(Submitter.refusal(answer));
    }
  }

  private static CancelTaskResponse cancelled(String taskId, Answer.Cancelled answer) {
    CancelTaskResponse.Builder response = CancelTaskResponse.newBuilder().setTaskId(taskId);
    return switch (answer) {
      case CANCELLED -> response.setStatus(SUCCESS).setMessage("cancelled").build();
      case CANCELLING -> response.setStatus(SUCCESS).setMessage("cancelling").build();
      case ALREADY_COMPLETED -> response.setStatus("error").setMessage("already completed").build();
      case NOT_FOUND -> throw new CompletionException(Tasks.notFound(taskId));
    };
  }

  private static NotifyTaskCompleteResponse notified(Answer.Noted answer) {
    NotifyTaskCompleteResponse.Builder response =
        NotifyTaskCompleteResponse.newBuilder()
            .setStatus(Notes.status(answer, false))
            .setMessage(Notes.message(answer));
    if (answer instanceof Answer.NotedCompleted completed) {
      response.setTotalTimeMs(completed.totalMs());
    }
    return response.build();
  }

  private static void requireNote(
      Violations violations, String taskId, String instanceId, boolean timed, double time) {
    violations
        .requireText("task_id", taskId, 256)
        .requireText("instance_id", instanceId, 256)
        .requirePresent(timed, "execution_time");
    if (timed) {
      violations.requireAtLeast("execution_time", time, 0);
    }
  }
}
