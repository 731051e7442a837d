package io.swarmpilot.gateway;

import io.grpc.stub.StreamObserver;
import io.swarmpilot.proto.taskinstance.v1.DispatchCommand;
import io.swarmpilot.proto.taskinstance.v1.DispatchEvent;
import io.swarmpilot.proto.taskinstance.v1.DispatchRequest;
import io.swarmpilot.proto.taskinstance.v1.DispatchResponse;
import io.swarmpilot.proto.taskinstance.v1.DispatchServiceGrpc;
import io.swarmpilot.proto.taskinstance.v1.Hello;
import io.swarmpilot.proto.taskinstance.v1.TaskCompleted;

/// Answers every hello of epoch n with a completion of attempt n.
final class StubDispatch extends DispatchServiceGrpc.DispatchServiceImplBase {
  static DispatchRequest hello(int epoch) {
    return DispatchRequest.newBuilder()
        .addCommands(DispatchCommand.newBuilder().setHello(Hello.newBuilder().setEpoch(epoch)))
        .build();
  }

  @Override
  public StreamObserver<DispatchRequest> dispatch(StreamObserver<DispatchResponse> observer) {
    return new StreamObserver<>() {
      @Override
      public void onNext(DispatchRequest request) {
        int epoch = (int) request.getCommands(0).getHello().getEpoch();
        observer.onNext(
            DispatchResponse.newBuilder()
                .addEvents(
                    DispatchEvent.newBuilder()
                        .setCompleted(TaskCompleted.newBuilder().setAttempt(epoch)))
                .build());
      }

      @Override
      public void onError(Throwable failure) {}

      @Override
      public void onCompleted() {
        observer.onCompleted();
      }
    };
  }
}
