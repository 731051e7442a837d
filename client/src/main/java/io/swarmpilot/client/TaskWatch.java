package io.swarmpilot.client;

import io.grpc.Context;
import io.grpc.Context.CancellableContext;
import io.grpc.stub.StreamObserver;
import io.swarmpilot.proto.scheduler.v1.SchedulerServiceGrpc.SchedulerServiceStub;
import io.swarmpilot.proto.scheduler.v1.WatchTasksRequest;
import io.swarmpilot.proto.scheduler.v1.WatchTasksResponse;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// A running watch of tasks.
public final class TaskWatch implements AutoCloseable {
  private final CancellableContext context;
  private final CompletableFuture<Void> end = new CompletableFuture<>();

  private TaskWatch(CancellableContext context) {
    this.context = context;
  }

  static TaskWatch start(
      SchedulerServiceStub stub, WatchTasksRequest request, Consumer<TaskEvent> listener) {
    TaskWatch watch = new TaskWatch(Context.ROOT.withCancellation());
    watch.context.run(() -> stub.watchTasks(request, watch.observer(listener)));
    return watch;
  }

  /// Done once every task named is completed; fails with a [MeshClientException] when the stream
  /// breaks or the watch is closed before.
  public CompletableFuture<Void> end() {
    return end.copy();
  }

  /// Stops watching.
  @Override
  public void close() {
    context.cancel(null);
  }

  private StreamObserver<WatchTasksResponse> observer(Consumer<TaskEvent> listener) {
    return new StreamObserver<>() {
      @Override
      public void onNext(WatchTasksResponse answer) {
        listener.accept(TaskEvent.of(answer));
      }

      @Override
      public void onError(Throwable failure) {
        context.cancel(null);
        end.completeExceptionally(MeshClientException.of(failure));
      }

      @Override
      public void onCompleted() {
        context.cancel(null);
        end.complete(null);
      }
    };
  }
}
