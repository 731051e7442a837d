package io.swarmpilot.client;

import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Waits for the end of one task: by the scheduler's stream of events, and by asking again and
/// again once that stream cannot be had or breaks.
final class Completion {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final SchedulerClient scheduler;
  private final String taskId;
  private final CompletableFuture<Task> answer = new CompletableFuture<>();

  Completion(SchedulerClient scheduler, String taskId) {
    this.scheduler = scheduler;
    this.taskId = taskId;
  }

  CompletableFuture<Task> await(Duration maxWait) {
    TaskWatch watch = scheduler.watchTasks(List.of(taskId), this::accept);
    CompletableFuture<Void> _ = watch.end().whenComplete((_, _) -> poll(FIRST_PAUSE));
    CompletableFuture<Task> result =
        answer
            .orTimeout(maxWait.toNanos(), TimeUnit.NANOSECONDS)
            .exceptionally(failure -> {
              throw failure instanceof TimeoutException
                  ? late(maxWait)
                  : MeshClientException.of(failure);
            });
    // Also when the caller cancels: nothing goes on watching or asking.
    CompletableFuture<Task> _ =
        result.whenComplete((_, _) -> {
          answer.cancel(false);
          watch.close();
        });
    return result;
  }

  private void accept(TaskEvent event) {
    if (event.event().equals("task_not_found")) {
      answer.completeExceptionally(unknown());
    } else if (event.task().completed()) {
      answer.complete(event.task());
    }
  }

  private void poll(Duration pause) {
    if (answer.isDone()) {
      return;
    }
    CompletableFuture<Optional<Task>> query = scheduler.queryTaskAsync(taskId);
    CompletableFuture<Optional<Task>> _ =
        query.whenComplete((task, failure) -> {
          if (failure != null) {
            retry(MeshClientException.of(failure), pause);
          } else {
            settle(task, pause);
          }
        });
  }

  private void settle(Optional<Task> task, Duration pause) {
    if (task.isEmpty()) {
      answer.completeExceptionally(unknown());
    } else if (task.get().completed()) {
      answer.complete(task.get());
    } else {
      pollAfter(pause);
    }
  }

  /// A scheduler that restarts is worth waiting for; a refusal is final.
  private void retry(MeshClientException failure, Duration pause) {
    switch (failure.code()) {
      case UNAVAILABLE, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED -> pollAfter(pause);
      default -> answer.completeExceptionally(failure);
    }
  }

  private void pollAfter(Duration pause) {
    Executor later = CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS);
    Duration longer = pause.multipliedBy(6).dividedBy(5);
    Duration next = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
    later.execute(() -> poll(next));
  }

  private MeshClientException unknown() {
    return failure(Status.NOT_FOUND, "task " + taskId + " is unknown or its result has expired");
  }

  private MeshClientException late(Duration maxWait) {
    return MeshClientException.timedOut(
        "task " + taskId + " has not ended within " + maxWait.toMillis() + " ms");
  }

  private static MeshClientException failure(Status status, String message) {
    return MeshClientException.of(status.withDescription(message).asRuntimeException());
  }
}
