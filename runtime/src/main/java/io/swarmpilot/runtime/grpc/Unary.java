package io.swarmpilot.runtime.grpc;

import io.grpc.stub.StreamObserver;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/// Lets a unary gRPC method return its answer instead of calling an observer.
public final class Unary {
  private Unary() {}

  /// Answers with what `body` returns, or with the failure that it throws.
  public static <A> void answer(StreamObserver<A> observer, Callable<A> body) {
    A response;
    try {
      response = body.call();
    } catch (Exception e) {
      observer.onError(e);
      return;
    }
    observer.onNext(response);
    observer.onCompleted();
  }

  /// Answers with what `stage` ends with, on the thread that ends it.
  public static <A> void answerWhenDone(StreamObserver<A> observer, CompletionStage<A> stage) {
    stage.whenComplete((response, failure) -> {
      if (failure != null) {
        observer.onError(unwrap(failure));
      } else {
        observer.onNext(response);
        observer.onCompleted();
      }
    });
  }

  private static Throwable unwrap(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}
