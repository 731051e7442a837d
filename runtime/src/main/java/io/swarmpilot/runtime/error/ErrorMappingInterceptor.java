package io.swarmpilot.runtime.error;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/// Lets service methods throw, or pass to `onError`, a [MeshException]: answers it with its mapped
/// status.
public final class ErrorMappingInterceptor implements ServerInterceptor {
  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    ServerCall<Q, A> mapping = new MappingCall<>(call);
    return new SimpleForwardingServerCallListener<>(next.startCall(mapping, headers)) {
      @Override
      public void onMessage(Q message) {
        guard(() -> super.onMessage(message));
      }

      @Override
      public void onHalfClose() {
        guard(super::onHalfClose);
      }

      @Override
      public void onReady() {
        guard(super::onReady);
      }

      private void guard(Runnable step) {
        try {
          step.run();
        } catch (RuntimeException e) {
          mapping.close(Status.UNKNOWN.withCause(e), new Metadata());
        }
      }
    };
  }

  /// Replaces a status that only wraps a failure by the status that the failure maps to.
  private static final class MappingCall<Q, A> extends SimpleForwardingServerCall<Q, A> {
    private boolean closed;

    MappingCall(ServerCall<Q, A> call) {
      super(call);
    }

    @Override
    public void close(Status status, Metadata trailers) {
      if (closed) {
        return;
      }
      closed = true;
      Throwable cause = status.getCause();
      if (status.getCode() == Status.Code.UNKNOWN && cause != null) {
        StatusRuntimeException mapped = ErrorMapping.toStatus(cause);
        Metadata details = mapped.getTrailers();
        super.close(mapped.getStatus(), details == null ? new Metadata() : details);
      } else {
        super.close(status, trailers);
      }
    }
  }
}
