package io.swarmpilot.predictor.performance;

import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.stub.StreamObserver;
import io.swarmpilot.proto.predictor.v1.PredictRequest;
import io.swarmpilot.proto.predictor.v1.PredictResponse;
import io.swarmpilot.proto.predictor.v1.PredictorServiceGrpc;
import java.io.IOException;

/// The baseline: a grpc-java server that answers at once, with the messages of a prediction and
/// nothing else.
final class BareEcho extends PredictorServiceGrpc.PredictorServiceImplBase {
  private final PredictResponse answer;

  private BareEcho(PredictResponse answer) {
    this.answer = answer;
  }

  @Override
  public void predict(PredictRequest request, StreamObserver<PredictResponse> observer) {
    observer.onNext(answer);
    observer.onCompleted();
  }

  /// Starts one that gives always the same answer.
  static Server start(PredictResponse answer) throws IOException {
    return Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
        .directExecutor()
        .addService(new BareEcho(answer))
        .build()
        .start();
  }
}
