package io.swarmpilot.gateway.special;

import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;

/// The answer of a unary call as a future.
final class Single<A> implements StreamObserver<A> {
  private final CompletableFuture<A> answer = new CompletableFuture<>();

  CompletableFuture<A> future() {
    return answer;
  }

  @Override
  public void onNext(A message) {
    answer.complete(message);
  }

  @Override
  public void onError(Throwable failure) {
    answer.completeExceptionally(failure);
  }

  @Override
  public void onCompleted() {}
}
