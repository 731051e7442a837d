package io.swarmpilot.scheduler.service;

import io.grpc.stub.ServerCallStreamObserver;
import io.swarmpilot.proto.scheduler.v1.WaitTaskRequest;
import io.swarmpilot.proto.scheduler.v1.WaitTaskResponse;
import io.swarmpilot.runtime.error.ErrorReason;
import io.swarmpilot.runtime.error.MeshException;
import io.swarmpilot.runtime.error.Violations;
import io.swarmpilot.scheduler.core.Effect.TaskChange;
import io.swarmpilot.scheduler.core.TaskSnapshot;
import io.swarmpilot.scheduler.core.TaskStatus;
import io.swarmpilot.scheduler.view.SchedulerView;
import io.swarmpilot.scheduler.view.TaskWatcher;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Callers who wait for the end of a task. None takes a thread while waiting.
final class TaskWaits {
  static final int MOST_WAITING = 10_000;
  private static final int LONGEST_MS = 60_000;
  private static final int USUAL_MS = 30_000;
  private static final Duration BUSY_RETRY = Duration.ofSeconds(1);

  private final SchedulerView view;
  private final Executor outbound;
  private final AtomicInteger waiting = new AtomicInteger();

  /// @param outbound answers callers
  TaskWaits(SchedulerView view, Executor outbound) {
    this.view = view;
    this.outbound = outbound;
  }

  /// Answers once the task is completed, or when the time is up. Never blocks.
  void open(WaitTaskRequest request, ServerCallStreamObserver<WaitTaskResponse> caller) {
    int timeoutMs = request.hasTimeoutMs() ? request.getTimeoutMs() : USUAL_MS;
    new Violations()
        .require(
            timeoutMs >= 1 && timeoutMs <= LONGEST_MS,
            "timeout_ms",
            "must be between 1 and " + LONGEST_MS)
        .throwIfAny();
    TaskSnapshot task = Tasks.find(view.tasks(), request.getTaskId());
    if (task.status() == TaskStatus.COMPLETED) {
      answer(caller, task);
    } else if (waiting.incrementAndGet() > MOST_WAITING) {
      waiting.decrementAndGet();
      throw MeshException.of(ErrorReason.QUEUE_FULL, "Too many callers wait for tasks")
          .retryAfter(BUSY_RETRY);
    } else {
      await(task, timeoutMs, caller);
    }
  }

  /// Callers waiting now.
  int waiting() {
    return waiting.get();
  }

  private void await(
      TaskSnapshot before, int timeoutMs, ServerCallStreamObserver<WaitTaskResponse> caller) {
    List<String> ids = List.of(before.taskId());
    CompletableFuture<TaskSnapshot> end = new CompletableFuture<>();
    TaskWatcher watcher =
        (change, task) -> {
          if (change == TaskChange.COMPLETED) {
            end.complete(task);
          }
        };
    caller.setOnCancelHandler(() -> end.cancel(false));
    view.watchers().add(watcher, ids);
    CompletableFuture<?> _ =
        end.completeOnTimeout(before, timeoutMs, TimeUnit.MILLISECONDS)
            .whenCompleteAsync(
                (task, left) -> {
                  view.watchers().remove(watcher, ids);
                  waiting.decrementAndGet();
                  if (left == null) {
                    answer(caller, task.status() == TaskStatus.COMPLETED ? task : latest(before));
                  }
                },
                outbound);
    // It may have ended before we began to watch.
    TaskSnapshot now = latest(before);
    if (now.status() == TaskStatus.COMPLETED) {
      end.complete(now);
    }
  }

  private TaskSnapshot latest(TaskSnapshot before) {
    return view.tasks().find(before.taskId()).orElse(before);
  }

  private static void answer(ServerCallStreamObserver<WaitTaskResponse> caller, TaskSnapshot task) {
    caller.onNext(WaitTaskResponse.newBuilder().setTask(Tasks.encode(task)).build());
    caller.onCompleted();
  }
}
