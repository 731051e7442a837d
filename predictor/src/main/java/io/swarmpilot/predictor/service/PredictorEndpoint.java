package io.swarmpilot.predictor.service;

import io.grpc.stub.StreamObserver;
import io.swarmpilot.proto.predictor.v1.GetHealthRequest;
import io.swarmpilot.proto.predictor.v1.GetHealthResponse;
import io.swarmpilot.proto.predictor.v1.ListAccuraciesRequest;
import io.swarmpilot.proto.predictor.v1.ListAccuraciesResponse;
import io.swarmpilot.proto.predictor.v1.ListModelEventsRequest;
import io.swarmpilot.proto.predictor.v1.ListModelEventsResponse;
import io.swarmpilot.proto.predictor.v1.ListModelVersionsRequest;
import io.swarmpilot.proto.predictor.v1.ListModelVersionsResponse;
import io.swarmpilot.proto.predictor.v1.ListModelsRequest;
import io.swarmpilot.proto.predictor.v1.ListModelsResponse;
import io.swarmpilot.proto.predictor.v1.PredictBatchRequest;
import io.swarmpilot.proto.predictor.v1.PredictBatchResponse;
import io.swarmpilot.proto.predictor.v1.PredictDistributionsRequest;
import io.swarmpilot.proto.predictor.v1.PredictDistributionsResponse;
import io.swarmpilot.proto.predictor.v1.PredictRequest;
import io.swarmpilot.proto.predictor.v1.PredictResponse;
import io.swarmpilot.proto.predictor.v1.PredictSingleRequest;
import io.swarmpilot.proto.predictor.v1.PredictSingleResponse;
import io.swarmpilot.proto.predictor.v1.PredictTableRequest;
import io.swarmpilot.proto.predictor.v1.PredictTableResponse;
import io.swarmpilot.proto.predictor.v1.PredictorServiceGrpc;
import io.swarmpilot.proto.predictor.v1.ReportExecutionsRequest;
import io.swarmpilot.proto.predictor.v1.ReportExecutionsResponse;
import io.swarmpilot.proto.predictor.v1.RestoreModelRequest;
import io.swarmpilot.proto.predictor.v1.RestoreModelResponse;
import io.swarmpilot.proto.predictor.v1.TrainRequest;
import io.swarmpilot.proto.predictor.v1.TrainResponse;
import io.swarmpilot.proto.predictor.v1.TrainStreamRequest;
import io.swarmpilot.proto.predictor.v1.TrainStreamResponse;
import io.swarmpilot.runtime.grpc.Unary;

/// The predictor's gRPC methods: each hands its request to the part that answers it.
public final class PredictorEndpoint extends PredictorServiceGrpc.PredictorServiceImplBase {
  private final ModelRegistry registry;
  private final UserPredictions predictions;
  private final SchedulerPredictions scheduling;
  private final TrainingRequests training;
  private final TableRequests making;
  private final ModelVersions versions;
  private final AccuracyReports reports;

  /// Serves these parts.
  public PredictorEndpoint(
      ModelRegistry registry,
      UserPredictions predictions,
      SchedulerPredictions scheduling,
      TrainingRequests training,
      TableRequests making,
      ModelVersions versions,
      AccuracyReports reports) {
    this.registry = registry;
    this.predictions = predictions;
    this.scheduling = scheduling;
    this.training = training;
    this.making = making;
    this.versions = versions;
    this.reports = reports;
  }

  @Override
  public void getHealth(GetHealthRequest request, StreamObserver<GetHealthResponse> observer) {
    Unary.answer(observer, registry::health);
  }

  @Override
  public void listModels(ListModelsRequest request, StreamObserver<ListModelsResponse> observer) {
    Unary.answer(observer, registry::list);
  }

  @Override
  public void predict(PredictRequest request, StreamObserver<PredictResponse> observer) {
    Unary.answer(observer, () -> predictions.predict(request));
  }

  @Override
  public void predictSingle(
      PredictSingleRequest request, StreamObserver<PredictSingleResponse> observer) {
    Unary.answer(observer, () -> predictions.predictSingle(request));
  }

  @Override
  public void predictBatch(
      PredictBatchRequest request, StreamObserver<PredictBatchResponse> observer) {
    Unary.answer(observer, () -> predictions.predictBatch(request));
  }

  @Override
  public void predictTable(
      PredictTableRequest request, StreamObserver<PredictTableResponse> observer) {
    Unary.answer(observer, () -> making.predictTable(request));
  }

  @Override
  public void train(TrainRequest request, StreamObserver<TrainResponse> observer) {
    Unary.answer(observer, () -> training.train(request));
  }

  @Override
  public void trainStream(
      TrainStreamRequest request, StreamObserver<TrainStreamResponse> observer) {
    Unary.answer(observer, () -> training.trainStream(request, observer));
  }

  @Override
  public void listModelVersions(
      ListModelVersionsRequest request, StreamObserver<ListModelVersionsResponse> observer) {
    Unary.answer(observer, () -> versions.list(request));
  }

  @Override
  public void restoreModel(
      RestoreModelRequest request, StreamObserver<RestoreModelResponse> observer) {
    Unary.answer(observer, () -> versions.restore(request));
  }

  @Override
  public void predictDistributions(
      PredictDistributionsRequest request, StreamObserver<PredictDistributionsResponse> observer) {
    Unary.answer(observer, () -> scheduling.predict(request));
  }

  @Override
  public void reportExecutions(
      ReportExecutionsRequest request, StreamObserver<ReportExecutionsResponse> observer) {
    Unary.answer(observer, () -> scheduling.report(request));
  }

  @Override
  public void listAccuracies(
      ListAccuraciesRequest request, StreamObserver<ListAccuraciesResponse> observer) {
    Unary.answer(observer, () -> reports.accuracies(request));
  }

  @Override
  public void listModelEvents(
      ListModelEventsRequest request, StreamObserver<ListModelEventsResponse> observer) {
    Unary.answer(observer, () -> reports.events(request));
  }
}
