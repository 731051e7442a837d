package io.swarmpilot.launcher.performance;

import io.grpc.Channel;
import io.grpc.stub.StreamObserver;
import io.swarmpilot.proto.scheduler.v1.SchedulerServiceGrpc;
import io.swarmpilot.proto.scheduler.v1.SubmitTaskRequest;
import io.swarmpilot.proto.scheduler.v1.SubmitTaskResponse;
import io.swarmpilot.proto.scheduler.v1.WatchTasksRequest;
import io.swarmpilot.proto.scheduler.v1.WatchTasksResponse;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// One life of a task as a client sees it: submitted, placed, executed, its result received on the
/// stream of task events.
final class FullLife implements ClosedLoop.Operation {
  private final SchedulerServiceGrpc.SchedulerServiceStub scheduler;
  private final SubmitTaskRequest request;
  private final Map<String, Runnable> open = new ConcurrentHashMap<>();

  FullLife(Channel channel, SubmitTaskRequest request) {
    this.scheduler = SchedulerServiceGrpc.newStub(channel);
    this.request = request;
    scheduler.watchTasks(WatchTasksRequest.getDefaultInstance(), new Outcomes());
  }

  @Override
  public void start(Runnable done) {
    scheduler.submitTask(request, new Submitted(done));
  }

  /// The outcome may be seen before the answer to the submit: whichever comes second ends the life.
  private void meet(String taskId, Runnable mine) {
    Runnable earlier = open.putIfAbsent(taskId, mine);
    if (earlier != null) {
      open.remove(taskId);
      earlier.run();
      mine.run();
    }
  }

  private final class Submitted implements StreamObserver<SubmitTaskResponse> {
    private final Runnable done;

    Submitted(Runnable done) {
      this.done = done;
    }

    @Override
    public void onNext(SubmitTaskResponse response) {
      meet(response.getTaskId(), done);
    }

    @Override
    public void onError(Throwable failure) {
      throw new IllegalStateException("submit failed", failure);
    }

    @Override
    public void onCompleted() {}
  }

  private final class Outcomes implements StreamObserver<WatchTasksResponse> {
    @Override
    public void onNext(WatchTasksResponse response) {
      if (response.getEvent().equals("task_completed")) {
        if (!response.getData().getSuccess()) {
          throw new IllegalStateException("a task failed: " + response.getData().getError());
        }
        meet(response.getData().getTaskId(), () -> {});
      }
    }

    @Override
    public void onError(Throwable failure) {}

    @Override
    public void onCompleted() {}
  }
}
