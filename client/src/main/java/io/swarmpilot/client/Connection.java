package io.swarmpilot.client;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import io.grpc.Channel;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.AbstractStub;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One channel with a time limit for each call; closes the channel only when it opened it.
final class Connection implements AutoCloseable {
  private final Channel channel;
  private final @Nullable ManagedChannel owned;
  private final Duration timeout;

  private Connection(Channel channel, @Nullable ManagedChannel owned, Duration timeout) {
    if (timeout.isZero() || timeout.isNegative()) {
      throw new IllegalArgumentException("the timeout must be positive, not " + timeout);
    }
    this.channel = channel;
    this.owned = owned;
    this.timeout = timeout;
  }

  static Connection open(String baseUrl, Duration timeout) {
    ManagedChannel channel = Endpoint.parse(baseUrl).connect();
    return new Connection(channel, channel, timeout);
  }

  static Connection borrow(Channel channel, Duration timeout) {
    return new Connection(channel, null, timeout);
  }

  /// A stub whose calls end within the time limit.
  <S extends AbstractStub<S>> S unary(S stub) {
    reconnectNow();
    return stub.withDeadlineAfter(timeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  /// A stub whose calls may take longer than the time limit by as much as the answer may be held
  /// back.
  <S extends AbstractStub<S>> S unary(S stub, Duration heldBack) {
    reconnectNow();
    return stub.withDeadlineAfter(timeout.plus(heldBack).toNanos(), TimeUnit.NANOSECONDS);
  }

  /// A stub without a time limit.
  <S extends AbstractStub<S>> S streaming(Function<Channel, S> factory) {
    reconnectNow();
    return factory.apply(channel);
  }

  Channel channel() {
    return channel;
  }

  /// The answer as a future that fails with a [MeshClientException]; cancelling it cancels the
  /// call.
  static <P, R> CompletableFuture<R> async(ListenableFuture<P> call, Function<P, R> read) {
    CompletableFuture<R> answer = new CompletableFuture<>();
    Futures.addCallback(
        call,
        new FutureCallback<P>() {
          @Override
          public void onSuccess(P response) {
            answer.complete(read.apply(response));
          }

          @Override
          public void onFailure(Throwable failure) {
            answer.completeExceptionally(MeshClientException.of(failure));
          }
        },
        MoreExecutors.directExecutor());
    CompletableFuture<R> _ = answer.whenComplete((_, _) -> call.cancel(true));
    return answer;
  }

  /// Waits for an answer.
  static <R> R await(CompletableFuture<R> answer) {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw MeshClientException.of(e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw MeshClientException.of(
          Status.CANCELLED.withDescription("interrupted while waiting").asRuntimeException());
    } catch (CancellationException e) {
      throw MeshClientException.of(
          Status.CANCELLED.withDescription("cancelled").asRuntimeException());
    }
  }

  /// Ends running calls with CANCELLED.
  @Override
  public void close() {
    if (owned != null) {
      owned.shutdownNow();
    }
  }

  /// After a failed connect the channel would refuse calls for a while without trying. A caller who
  /// asks again wants to know how things are now.
  private void reconnectNow() {
    if (channel instanceof ManagedChannel managed
        && managed.getState(false) == ConnectivityState.TRANSIENT_FAILURE) {
      managed.enterIdle();
    }
  }
}
