package io.swarmpilot.launcher.performance;

import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.stub.StreamObserver;
import io.swarmpilot.proto.scheduler.v1.SchedulerServiceGrpc;
import io.swarmpilot.proto.scheduler.v1.SubmitTaskRequest;
import io.swarmpilot.proto.scheduler.v1.SubmitTaskResponse;
import java.io.IOException;

/// The baseline: a grpc-java server that answers at once, with the same messages and nothing else.
final class BareEcho extends SchedulerServiceGrpc.SchedulerServiceImplBase {
  private static final SubmitTaskResponse ANSWER =
      SubmitTaskResponse.newBuilder()
          .setStatus("success")
          .setTaskId("task-00000000-0000-0000-0000-000000000000")
          .setScheduledTi("00000000-0000-0000-0000-000000000000")
          .build();

  @Override
  public void submitTask(SubmitTaskRequest request, StreamObserver<SubmitTaskResponse> observer) {
    observer.onNext(ANSWER);
    observer.onCompleted();
  }

  static Server start() throws IOException {
    return Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
        .directExecutor()
        .addService(new BareEcho())
        .build()
        .start();
  }
}
