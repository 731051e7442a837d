package io.swarmpilot.scheduler.service;

import io.grpc.stub.StreamObserver;
import io.swarmpilot.proto.scheduler.v1.SubmitTasksRequest;
import io.swarmpilot.proto.scheduler.v1.SubmitTasksResponse;
import io.swarmpilot.proto.scheduler.v1.SubmittedTask;
import io.swarmpilot.proto.scheduler.v1.TaskSpec;
import io.swarmpilot.runtime.error.Violations;
import io.swarmpilot.scheduler.core.Answer;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;

/// One batch of tasks on its way: each is accepted or refused by itself, and the call is answered
/// once all are.
final class BatchSubmit {
  private static final int MOST_TASKS = 1_000;

  private final Submitter submitter;
  private final SubmitTasksRequest request;
  private final StreamObserver<SubmitTasksResponse> observer;
  private final AtomicReferenceArray<SubmittedTask> results;
  private final AtomicInteger open;

  BatchSubmit(
      Submitter submitter,
      SubmitTasksRequest request,
      StreamObserver<SubmitTasksResponse> observer) {
    this.submitter = submitter;
    this.request = request;
    this.observer = observer;
    this.results = new AtomicReferenceArray<>(request.getTasksCount());
    this.open = new AtomicInteger(request.getTasksCount());
  }

  /// Submits the tasks. Refuses the call when it is the batch itself that is wrong.
  void run() {
    new Violations()
        .requireText("model_name", request.getModelName(), 256)
        .require(request.getTasksCount() <= MOST_TASKS, "tasks", "must have at most 1000 tasks")
        .throwIfAny();
    submitter.requireServing();
    if (request.getTasksCount() == 0) {
      answer();
    }
    for (int i = 0; i < request.getTasksCount(); i++) {
      submit(i, request.getTasks(i));
    }
  }

  private void submit(int index, TaskSpec spec) {
    Violations violations = new Violations();
    Submission submission =
        Submission.read(
            spec.getTaskInput(),
            spec.getMetadata(),
            spec.hasTaskId() ? Optional.of(spec.getTaskId()) : Optional.empty(),
            "tasks[" + index + "].",
            submitter.override(),
            violations);
    if (!violations.found().isEmpty()) {
      String field = violations.found().getFirst().field();
      put(index, refused(index, field + ": " + violations.found().getFirst().message()));
      return;
    }
    submitter.submit(
        request.getModelName(), submission, answer -> put(index, result(index, answer)));
  }

  private static SubmittedTask result(int index, Answer.Submitted answer) {
    if (answer instanceof Answer.Accepted accepted) {
      return SubmittedTask.newBuilder()
          .setIndex(index)
          .setStatus("success")
          .setTaskId(accepted.taskId())
          .setScheduledTi(accepted.instance())
          .build();
    }
    return refused(index, Submitter.refusal(answer).message());
  }

  private static SubmittedTask refused(int index, String error) {
    return SubmittedTask.newBuilder().setIndex(index).setStatus("error").setError(error).build();
  }

  private void put(int index, SubmittedTask result) {
    results.set(index, result);
    if (open.decrementAndGet() == 0) {
      answer();
    }
  }

  private void answer() {
    int total = request.getTasksCount();
    List<SubmittedTask> all =
        IntStream.range(0, total).mapToObj(i -> Objects.requireNonNull(results.get(i))).toList();
    int accepted = (int) all.stream().filter(task -> task.getStatus().equals("success")).count();
    String status = accepted == total ? "success" : accepted > 0 ? "partial" : "error";
    observer.onNext(
        SubmitTasksResponse.newBuilder()
            .setStatus(status)
            .setMessage(accepted + " of " + total + " tasks submitted")
            .setTotalTasks(total)
            .setSuccessfulTasks(accepted)
            .setFailedTasks(total - accepted)
            .addAllResults(all)
            .build());
    observer.onCompleted();
  }
}
