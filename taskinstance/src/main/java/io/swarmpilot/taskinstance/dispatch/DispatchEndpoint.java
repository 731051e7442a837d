package io.swarmpilot.taskinstance.dispatch;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.swarmpilot.proto.taskinstance.v1.DispatchRequest;
import io.swarmpilot.proto.taskinstance.v1.DispatchResponse;
import io.swarmpilot.proto.taskinstance.v1.DispatchServiceGrpc.DispatchServiceImplBase;
import io.swarmpilot.taskinstance.queue.TaskQueue;
import io.swarmpilot.taskinstance.service.StatusMessages;

/// Serves `DispatchService`. Nothing here blocks.
public final class DispatchEndpoint extends DispatchServiceImplBase {
  private final TaskQueue queue;
  private final EventMessages messages;
  private final Tenancy tenancy;

  /// Serves a queue.
  public DispatchEndpoint(TaskQueue queue, StatusMessages status) {
    this.queue = queue;
    this.messages = new EventMessages(status);
    this.tenancy = new Tenancy(queue.dispatchPort());
  }

  @Override
  public StreamObserver<DispatchRequest> dispatch(StreamObserver<DispatchResponse> observer) {
    DispatchSession session =
        new DispatchSession(
            (ServerCallStreamObserver<DispatchResponse>) observer,
            tenancy,
            new Commands(queue.dispatchPort()),
            new Outgoing(queue, messages));
    session.open();
    return session;
  }

  /// Whether a scheduler is being served.
  public boolean isOpen() {
    return tenancy.tenant() != null;
  }

  /// Sends a heartbeat, if a scheduler is being served; to be called every half second at least.
  public void heartbeat() {
    DispatchSession session = tenancy.tenant();
    if (session != null) {
      session.heartbeat();
    }
  }

  /// Sends what is left and ends the stream in good order.
  public void complete() {
    DispatchSession session = tenancy.tenant();
    if (session != null) {
      session.end(new Ending.Complete());
    }
  }
}
