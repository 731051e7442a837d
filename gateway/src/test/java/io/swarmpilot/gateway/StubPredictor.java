package io.swarmpilot.gateway;

import io.grpc.stub.StreamObserver;
import io.swarmpilot.proto.predictor.v1.GetHealthRequest;
import io.swarmpilot.proto.predictor.v1.GetHealthResponse;
import io.swarmpilot.proto.predictor.v1.IntervalCoverage;
import io.swarmpilot.proto.predictor.v1.KeyAccuracy;
import io.swarmpilot.proto.predictor.v1.ListAccuraciesRequest;
import io.swarmpilot.proto.predictor.v1.ListAccuraciesResponse;
import io.swarmpilot.proto.predictor.v1.PredictSingleRequest;
import io.swarmpilot.proto.predictor.v1.PredictSingleResponse;
import io.swarmpilot.proto.predictor.v1.PredictTableRequest;
import io.swarmpilot.proto.predictor.v1.PredictTableResponse;
import io.swarmpilot.proto.predictor.v1.PredictedModel;
import io.swarmpilot.proto.predictor.v1.PredictionResult;
import io.swarmpilot.proto.predictor.v1.PredictorCounters;
import io.swarmpilot.proto.predictor.v1.PredictorServiceGrpc;
import io.swarmpilot.proto.predictor.v1.TrainRequest;
import io.swarmpilot.proto.predictor.v1.TrainResponse;
import io.swarmpilot.runtime.grpc.Unary;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// Echoes what it is given.
final class StubPredictor extends PredictorServiceGrpc.PredictorServiceImplBase {
  final BlockingQueue<PredictTableRequest> tables = new LinkedBlockingQueue<>();
  volatile String health = "healthy";

  @Override
  public void getHealth(GetHealthRequest request, StreamObserver<GetHealthResponse> observer) {
    Unary.answer(
        observer,
        () -> GetHealthResponse.newBuilder().setStatus(health).setService("predictor").build());
  }

  @Override
  public void predictSingle(
      PredictSingleRequest request, StreamObserver<PredictSingleResponse> observer) {
    Unary.answer(
        observer,
        () ->
            PredictSingleResponse.newBuilder()
                .setResults(
                    PredictionResult.newBuilder()
                        .setStatus("success")
                        .setModelInfo(
                            PredictedModel.newBuilder()
                                .setType(request.getModelType())
                                .setName(request.getModelName())
                                .setHardware(request.getHardware())
                                .setSoftwareName(request.getSoftwareName())
                                .setSoftwareVersion(request.getSoftwareVersion()))
                        .setMessage(request.getTrace().getJson()))
                .build());
  }

  @Override
  public void predictTable(
      PredictTableRequest request, StreamObserver<PredictTableResponse> observer) {
    tables.add(request);
    Unary.answer(
        observer,
        () -> PredictTableResponse.newBuilder().setStatus("successful").setPath("t").build());
  }

  @Override
  public void train(TrainRequest request, StreamObserver<TrainResponse> observer) {
    Unary.answer(
        observer,
        () ->
            TrainResponse.newBuilder()
                .setStatus("success")
                .setMessage(
                    request.getConfig().getJson()
                        + request.getTraceFile().toStringUtf8()
                        + request.getFileName())
                .build());
  }

  @Override
  public void listAccuracies(
      ListAccuraciesRequest request, StreamObserver<ListAccuraciesResponse> observer) {
    Unary.answer(
        observer,
        () ->
            ListAccuraciesResponse.newBuilder()
                .addAccuracies(
                    KeyAccuracy.newBuilder()
                        .setModelKey("m__any__\"A100\"__any-any")
                        .setState("steady")
                        .setExecutionsTotal(7)
                        .setPinballMs(12.5)
                        .addCoverage(IntervalCoverage.newBuilder().setLevel(0.9).setObserved(0.91)))
                .setCounters(PredictorCounters.newBuilder().setCacheHits(3))
                .build());
  }
}
