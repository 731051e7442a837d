package io.swarmpilot.scheduler.service;

import io.grpc.stub.ServerCallStreamObserver;
import io.swarmpilot.proto.scheduler.v1.FollowTaskRequest;
import io.swarmpilot.proto.scheduler.v1.FollowTaskResponse;
import io.swarmpilot.runtime.error.ErrorReason;
import io.swarmpilot.runtime.error.MeshException;
import io.swarmpilot.scheduler.core.TaskSnapshot;
import io.swarmpilot.scheduler.output.OutputRelay;
import io.swarmpilot.scheduler.view.SchedulerView;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/// Those who follow a task with its output. None takes a thread.
final class TaskFollowers {
  static final int MOST_READERS = 10_000;
  private static final Duration BUSY_RETRY = Duration.ofSeconds(1);

  private final SchedulerView view;
  private final OutputRelay relay;
  private final Executor outbound;
  private final AtomicInteger readers = new AtomicInteger();

  /// @param outbound sends to readers
  TaskFollowers(SchedulerView view, OutputRelay relay, Executor outbound) {
    this.view = view;
    this.relay = relay;
    this.outbound = outbound;
  }

  /// Lets a reader follow a task. Never blocks.
  void open(FollowTaskRequest request, ServerCallStreamObserver<FollowTaskResponse> reader) {
    TaskSnapshot task = Tasks.find(view.tasks(), request.getTaskId());
    if (readers.incrementAndGet() > MOST_READERS) {
      readers.decrementAndGet();
      throw MeshException.of(ErrorReason.QUEUE_FULL, "Too many readers follow tasks")
          .retryAfter(BUSY_RETRY);
    }
    new TaskFollower(
            view,
            relay,
            reader,
            outbound,
            task.taskId(),
            request.getOutputOnly(),
            readers::decrementAndGet)
        .open(task);
  }
}
