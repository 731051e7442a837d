package io.swarmpilot.client;

import static java.util.Objects.requireNonNull;

import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.swarmpilot.proto.scheduler.v1.SchedulerServiceGrpc.SchedulerServiceStub;
import io.swarmpilot.proto.scheduler.v1.WatchTasksRequest;
import io.swarmpilot.proto.scheduler.v1.WatchTasksResponse;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A running watch of tasks.
public final class TaskWatch implements AutoCloseable {
  private final CompletableFuture<Void> end = new CompletableFuture<>();
  private @Nullable ClientCallStreamObserver<WatchTasksRequest> call;

  private TaskWatch() {}

  static TaskWatch start(
      SchedulerServiceStub stub, WatchTasksRequest request, Consumer<TaskEvent> listener) {
    TaskWatch watch = new TaskWatch();
    stub.watchTasks(request, watch.new Observer(listener));
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
    requireNonNull(call).cancel("no longer watched", null);
  }

  private final class Observer
      implements ClientResponseObserver<WatchTasksRequest, WatchTasksResponse> {
    private final Consumer<TaskEvent> listener;

    private Observer(Consumer<TaskEvent> listener) {
      this.listener = listener;
    }

    /// Called before `watchTasks` returns.
    @Override
    public void beforeStart(ClientCallStreamObserver<WatchTasksRequest> started) {
      call = started;
    }

    @Override
    public void onNext(WatchTasksResponse answer) {
      listener.accept(TaskEvent.of(answer));
    }

    @Override
    public void onError(Throwable failure) {
      end.completeExceptionally(MeshClientException.of(failure));
    }

    @Override
    public void onCompleted() {
      end.complete(null);
    }
  }
}
