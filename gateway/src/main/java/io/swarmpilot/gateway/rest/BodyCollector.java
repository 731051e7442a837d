package io.swarmpilot.gateway.rest;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpObject;
import com.linecorp.armeria.common.HttpRequest;
import io.swarmpilot.runtime.grpc.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/// Collects the body of a request up to [Limits#MAX_BODY_BYTES].
///
/// What is longer is read on but not kept, for a while: a client that is cut off in the middle of
/// its sending often never reads the answer that says why.
public final class BodyCollector implements Subscriber<HttpObject> {
  private static final long MOST_DISCARDED = 3L * Limits.MAX_BODY_BYTES;

  private final CompletableFuture<byte[]> body = new CompletableFuture<>();
  private final List<byte[]> pieces = new ArrayList<>();
  private long length;

  private BodyCollector() {}

  /// The body; fails with [BodyTooLargeException], or as the request does.
  public static CompletableFuture<byte[]> collect(HttpRequest request) {
    BodyCollector collector = new BodyCollector();
    request.subscribe(collector);
    return collector.body;
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(HttpObject part) {
    if (!(part instanceof HttpData data)) {
      return;
    }
    length += data.length();
    if (length <= Limits.MAX_BODY_BYTES) {
      pieces.add(data.array());
    } else {
      pieces.clear();
      if (length > MOST_DISCARDED) {
        body.completeExceptionally(new BodyTooLargeException());
      }
    }
  }

  @Override
  public void onError(Throwable failure) {
    body.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    if (length > Limits.MAX_BODY_BYTES) {
      body.completeExceptionally(new BodyTooLargeException());
    } else {
      body.complete(joined());
    }
  }

  private byte[] joined() {
    if (pieces.size() == 1) {
      return pieces.getFirst();
    }
    byte[] whole = new byte[(int) length];
    int at = 0;
    for (byte[] piece : pieces) {
      System.arraycopy(piece, 0, whole, at, piece.length);
      at += piece.length;
    }
    return whole;
  }

  /// A body beyond the limit.
  static final class BodyTooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1;

    BodyTooLargeException() {
      super("body too large", null, false, false);
    }
  }
}
