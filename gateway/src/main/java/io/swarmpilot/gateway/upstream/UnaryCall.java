package io.swarmpilot.gateway.upstream;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// One unary call on bytes. Ending its answer from outside cancels the call.
public final class UnaryCall extends ClientCall.Listener<byte[]> {
  private final CompletableFuture<byte[]> answer = new CompletableFuture<>();
  private byte @Nullable [] message;
  private volatile boolean closed;

  private UnaryCall() {}

  /// Starts a call. The answer completes on the transport's thread, exceptionally with a
  /// [StatusRuntimeException].
  public static CompletableFuture<byte[]> start(
      Channel channel,
      MethodDescriptor<byte[], byte[]> method,
      CallOptions options,
      Metadata headers,
      byte[] request) {
    UnaryCall listener = new UnaryCall();
    ClientCall<byte[], byte[]> call = channel.newCall(method, options);
    CompletableFuture<?> _ =
        listener.answer.whenComplete((message, failure) -> {
          if (failure != null && !listener.closed) {
            call.cancel("the caller left", null);
          }
        });
    call.start(listener, headers);
    call.sendMessage(request);
    call.halfClose();
    call.request(2);
    return listener.answer;
  }

  @Override
  public void onMessage(byte[] received) {
    message = received;
  }

  @Override
  public void onClose(Status status, Metadata trailers) {
    byte[] received = message;
    closed = true;
    if (!status.isOk()) {
      answer.completeExceptionally(new StatusRuntimeException(status, trailers));
    } else if (received == null) {
      answer.completeExceptionally(
          Status.INTERNAL.withDescription("the service sent no answer").asRuntimeException());
    } else {
      answer.complete(received);
    }
  }
}
