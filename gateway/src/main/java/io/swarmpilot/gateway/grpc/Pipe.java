package io.swarmpilot.gateway.grpc;

import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.swarmpilot.gateway.upstream.ForwardedHeaders;

/// One call passed through: what the caller sends goes to the service and back, message by message,
/// each side asked for more only when the other can take it.
final class Pipe {
  private final ServerCall<byte[], byte[]> caller;
  private final ClientCall<byte[], byte[]> service;
  private final FromCaller fromCaller = new FromCaller();
  private final FromService fromService = new FromService();

  private Pipe(ServerCall<byte[], byte[]> caller, ClientCall<byte[], byte[]> service) {
    this.caller = caller;
    this.service = service;
  }

  static ServerCall.Listener<byte[]> open(
      ServerCall<byte[], byte[]> caller, ClientCall<byte[], byte[]> service, Metadata headers) {
    Pipe pipe = new Pipe(caller, service);
    service.start(pipe.fromService, ForwardedHeaders.of(headers));
    caller.request(1);
    service.request(1);
    return pipe.fromCaller;
  }

  /// What comes from the caller, to the service.
  private final class FromCaller extends ServerCall.Listener<byte[]> {
    private boolean waiting;

    @Override
    public void onMessage(byte[] message) {
      service.sendMessage(message);
      synchronized (this) {
        if (!service.isReady()) {
          waiting = true;
          return;
        }
      }
      caller.request(1);
    }

    /// The service can take more.
    void onServiceReady() {
      synchronized (this) {
        if (!waiting) {
          return;
        }
        waiting = false;
      }
      caller.request(1);
    }

    @Override
    public void onHalfClose() {
      service.halfClose();
    }

    @Override
    public void onCancel() {
      service.cancel("the caller left", null);
    }

    @Override
    public void onReady() {
      fromService.onCallerReady();
    }
  }

  /// What comes from the service, to the caller.
  private final class FromService extends ClientCall.Listener<byte[]> {
    private boolean waiting;

    @Override
    public void onHeaders(Metadata headers) {
      caller.sendHeaders(ForwardedHeaders.of(headers));
    }

    @Override
    public void onMessage(byte[] message) {
      caller.sendMessage(message);
      synchronized (this) {
        if (!caller.isReady()) {
          waiting = true;
          return;
        }
      }
      service.request(1);
    }

    /// The caller can take more.
    void onCallerReady() {
      synchronized (this) {
        if (!waiting) {
          return;
        }
        waiting = false;
      }
      service.request(1);
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      caller.close(status.withCause(null), ForwardedHeaders.of(trailers));
    }

    @Override
    public void onReady() {
      fromCaller.onServiceReady();
    }
  }
}
