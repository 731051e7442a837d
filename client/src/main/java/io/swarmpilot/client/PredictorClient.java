package io.swarmpilot.client;

import static io.swarmpilot.client.Connection.async;
import static io.swarmpilot.client.Connection.await;

import com.google.protobuf.ByteString;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.swarmpilot.proto.predictor.v1.GetHealthRequest;
import io.swarmpilot.proto.predictor.v1.ListModelVersionsRequest;
import io.swarmpilot.proto.predictor.v1.ListModelsRequest;
import io.swarmpilot.proto.predictor.v1.PredictRequest;
import io.swarmpilot.proto.predictor.v1.PredictTableRequest;
import io.swarmpilot.proto.predictor.v1.PredictorServiceGrpc;
import io.swarmpilot.proto.predictor.v1.PredictorServiceGrpc.PredictorServiceFutureStub;
import io.swarmpilot.proto.predictor.v1.RestoreModelRequest;
import io.swarmpilot.proto.predictor.v1.TrainRequest;
import io.swarmpilot.proto.predictor.v1.TrainStreamRequest;
import io.swarmpilot.proto.predictor.v1.TrainStreamResponse;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// Talks to the predictor.
///
/// Predictions never throw: a failure to reach the predictor is an answer with status `error`, so
/// that callers can go on without it. Everything else throws [MeshClientException].
public final class PredictorClient implements AutoCloseable {
  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration LONGEST_WORK = Duration.ofHours(1);
  private static final double DEFAULT_CONFIDENCE = 0.8;

  private final Connection connection;
  private final PredictorServiceFutureStub stub;

  /// A client of the predictor at `http://host:port`, with a time limit of 10 s a call.
  public PredictorClient(String baseUrl) {
    this(baseUrl, DEFAULT_TIMEOUT);
  }

  /// A client of the predictor at `http://host:port`.
  public PredictorClient(String baseUrl, Duration timeout) {
    this(Connection.open(baseUrl, timeout));
  }

  /// A client over a channel of the caller's, which stays the caller's to close.
  public PredictorClient(Channel channel, Duration timeout) {
    this(Connection.borrow(channel, timeout));
  }

  private PredictorClient(Connection connection) {
    this.connection = connection;
    this.stub = PredictorServiceGrpc.newFutureStub(connection.channel());
  }

  /// Predicts how long a task of this model takes, knowing nothing else. Never throws.
  public Prediction predict(String modelType) {
    return predict(modelType, "{}");
  }

  /// Predicts how long a task takes, from what is known of it (a JSON object). Never throws.
  public Prediction predict(String modelType, String metadata) {
    return await(predictAsync(modelType, metadata));
  }

  /// As [#predict(String, String)], without waiting; the future never fails.
  public CompletableFuture<Prediction> predictAsync(String modelType, String metadata) {
    PredictRequest request =
        PredictRequest.newBuilder()
            .setModelType(modelType)
            .setMetadata(Json.value(metadata))
            .build();
    return async(stub().predict(request), Prediction::of)
        .exceptionally(failure -> Prediction.failed(MeshClientException.of(failure)));
  }

  /// The predicted median, ms: the value at quantile 0.5, else the middle one; empty without a
  /// prediction.
  public Optional<Double> getMedianPrediction(String modelType, String metadata) {
    return predict(modelType, metadata).median();
  }

  /// The central interval that holds the execution time with probability 0.8; empty without a
  /// prediction.
  public Optional<PredictionRange> getPredictionRange(String modelType, String metadata) {
    return getPredictionRange(modelType, metadata, DEFAULT_CONFIDENCE);
  }

  /// The central interval that holds the execution time with this probability, from the nearest
  /// quantiles there are; empty without a prediction.
  public Optional<PredictionRange> getPredictionRange(
      String modelType, String metadata, double confidenceLevel) {
    return predict(modelType, metadata).range(confidenceLevel);
  }

  /// Health of the predictor; throws when it cannot be asked.
  public PredictorHealth healthCheck() {
    return await(
        async(stub().getHealth(GetHealthRequest.getDefaultInstance()), PredictorHealth::of));
  }

  /// Whether the predictor can be asked and says that it is healthy. Never throws.
  public boolean isAvailable() {
    try {
      return healthCheck().healthy();
    } catch (MeshClientException e) {
      return false;
    }
  }

  /// The models there are predictions for; throws when the predictor cannot be asked.
  public List<PredictorModel> getAvailableModels() {
    return await(
        async(
            stub().listModels(ListModelsRequest.getDefaultInstance()),
            answer -> answer.getModelsList().stream().map(PredictorModel::of).toList()));
  }

  /// Predicts one trace. A prediction that cannot be made is an answer; a refused request throws.
  public TracePrediction predictSingle(ModelKey model, String trace, PredictOptions options) {
    return await(
        async(
            stub().predictSingle(model.single(trace, options)),
            answer -> TracePrediction.of(answer.getResults())));
  }

  /// Mean and standard deviation of one trace's execution time, ms; empty without a prediction.
  public Optional<ExpectedTime> getExpectedTime(
      ModelKey model, String trace, PredictOptions options) {
    return predictSingle(model, trace, options).time();
  }

  /// Predicts many traces and their total.
  public BatchPrediction predictBatch(ModelKey model, List<String> traces, PredictOptions options) {
    return await(async(stub().predictBatch(model.batch(traces, options)), BatchPrediction::of));
  }

  /// Makes a lookup table from traces (a JSON array, JSON lines or CSV).
  public PredictionTable predictTable(ModelKey model, byte[] traces, double confidenceLevel) {
    PredictTableRequest request =
        PredictTableRequest.newBuilder()
            .setModelType(model.type())
            .setModelName(model.name())
            .setHardware(model.hardware())
            .setSoftwareName(model.softwareName())
            .setSoftwareVersion(model.softwareVersion())
            .setTraceFile(ByteString.copyFrom(traces))
            .setConfidenceLevel(confidenceLevel)
            .build();
    return await(
        async(connection.unary(stub, LONGEST_WORK).predictTable(request), PredictionTable::of));
  }

  /// Trains a model from a configuration (a JSON object) that holds or names the samples.
  public Training train(String config) {
    return train(config, new byte[0]);
  }

  /// Trains a model from a configuration (a JSON object) and a file of samples (a JSON array, JSON
  /// lines or CSV, gzipped or not). Takes as long as it takes, at most an hour.
  public Training train(String config, byte[] samples) {
    TrainRequest request =
        TrainRequest.newBuilder()
            .setConfig(Json.value(config))
            .setTraceFile(ByteString.copyFrom(samples))
            .build();
    return await(async(connection.unary(stub, LONGEST_WORK).train(request), Training::of));
  }

  /// Trains as [#train(String, byte[])] does, and tells `progress` how far it is.
  public Training train(String config, byte[] samples, Consumer<TrainingStep> progress) {
    TrainStreamRequest request =
        TrainStreamRequest.newBuilder()
            .setConfig(Json.value(config))
            .setTraceFile(ByteString.copyFrom(samples))
            .build();
    try {
      Iterator<TrainStreamResponse> answers =
          connection
              .unary(PredictorServiceGrpc.newBlockingStub(connection.channel()), LONGEST_WORK)
              .trainStream(request);
      while (answers.hasNext()) {
        TrainStreamResponse answer = answers.next();
        if (answer.hasResult()) {
          return Training.of(answer.getResult());
        }
        progress.accept(new TrainingStep(answer.getPhase(), answer.getDone(), answer.getTotal()));
      }
      throw Status.INTERNAL
          .withDescription("the training ended without a result")
          .asRuntimeException();
    } catch (StatusRuntimeException e) {
      throw MeshClientException.of(e);
    }
  }

  /// The kept versions of all trained models, the newest of each first.
  public List<TrainedVersion> getModelVersions() {
    return versions(ListModelVersionsRequest.getDefaultInstance());
  }

  /// The kept versions of one trained model, the newest first; none when there is no such model.
  public List<TrainedVersion> getModelVersions(String modelKey) {
    return versions(ListModelVersionsRequest.newBuilder().setModelKey(modelKey).build());
  }

  private List<TrainedVersion> versions(ListModelVersionsRequest request) {
    return await(
        async(
            stub().listModelVersions(request),
            answer -> answer.getVersionsList().stream().map(TrainedVersion::of).toList()));
  }

  /// Puts the version before the active one in force.
  public RestoredModel restoreModel(String modelKey) {
    return restore(RestoreModelRequest.newBuilder().setModelKey(modelKey).build());
  }

  /// Puts a kept version in force.
  public RestoredModel restoreModel(String modelKey, int version) {
    return restore(
        RestoreModelRequest.newBuilder().setModelKey(modelKey).setVersion(version).build());
  }

  private RestoredModel restore(RestoreModelRequest request) {
    return await(async(stub().restoreModel(request), RestoredModel::of));
  }

  /// Closes the connection, if this client opened it; calls still running end with `CANCELLED`.
  @Override
  public void close() {
    connection.close();
  }

  private PredictorServiceFutureStub stub() {
    return connection.unary(stub);
  }
}
