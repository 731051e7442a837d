package io.swarmpilot.client;

import static java.util.Objects.requireNonNull;

import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A running watch of tasks.
public final class TaskWatch implements AutoCloseable {
  private final CompletableFuture<Void> end = new CompletableFuture<>();
  private @Nullable ClientCallStreamObserver<?> call;

  private TaskWatch() {}

  /// @param start starts the call
  /// @param listener takes the answers
  static <Q, A> TaskWatch start(Consumer<StreamObserver<A>> start, Consumer<A> listener) {
    TaskWatch watch = new TaskWatch();
    start.accept(watch.new Observer<Q, A>(listener));
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

  private final class Observer<Q, A> implements ClientResponseObserver<Q, A> {
    private final Consumer<A> listener;

    private Observer(Consumer<A> listener) {
      this.listener = listener;
    }

    /// Called before the method that starts the call returns.
    @Override
    public void beforeStart(ClientCallStreamObserver<Q> started) {
      call = started;
    }

    @Override
    public void onNext(A answer) {
      listener.accept(answer);
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
