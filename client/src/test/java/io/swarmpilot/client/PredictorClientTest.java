package io.swarmpilot.client;

import static io.swarmpilot.client.TestServer.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.swarmpilot.proto.predictor.v1.GetHealthRequest;
import io.swarmpilot.proto.predictor.v1.GetHealthResponse;
import io.swarmpilot.proto.predictor.v1.ListModelVersionsRequest;
import io.swarmpilot.proto.predictor.v1.ListModelVersionsResponse;
import io.swarmpilot.proto.predictor.v1.ListModelsRequest;
import io.swarmpilot.proto.predictor.v1.ListModelsResponse;
import io.swarmpilot.proto.predictor.v1.ModelInfo;
import io.swarmpilot.proto.predictor.v1.ModelVersion;
import io.swarmpilot.proto.predictor.v1.PredictBatchRequest;
import io.swarmpilot.proto.predictor.v1.PredictBatchResponse;
import io.swarmpilot.proto.predictor.v1.PredictRequest;
import io.swarmpilot.proto.predictor.v1.PredictResponse;
import io.swarmpilot.proto.predictor.v1.PredictSingleRequest;
import io.swarmpilot.proto.predictor.v1.PredictSingleResponse;
import io.swarmpilot.proto.predictor.v1.PredictTableRequest;
import io.swarmpilot.proto.predictor.v1.PredictTableResponse;
import io.swarmpilot.proto.predictor.v1.PredictionResult;
import io.swarmpilot.proto.predictor.v1.PredictionSummary;
import io.swarmpilot.proto.predictor.v1.PredictorServiceGrpc.PredictorServiceImplBase;
import io.swarmpilot.proto.predictor.v1.RestoreModelRequest;
import io.swarmpilot.proto.predictor.v1.RestoreModelResponse;
import io.swarmpilot.proto.predictor.v1.TrainRequest;
import io.swarmpilot.proto.predictor.v1.TrainResponse;
import io.swarmpilot.proto.predictor.v1.TrainStreamRequest;
import io.swarmpilot.proto.predictor.v1.TrainStreamResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class PredictorClientTest {
  private static final ModelKey MODEL = new ModelKey("gpt-3.5", "turbo", "A100", "vllm", "0.1.0");

  private TestServer server;
  private PredictorClient client;

  @BeforeEach
  void start() throws IOException {
    server = TestServer.of(new Documented());
    client = new PredictorClient(server.url());
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void predictsTheDocumentedSamples() {
    assertThat(client.predict("five").quantilePredictions()).hasSize(5);
    assertThat(client.getMedianPrediction("five", "{}")).contains(1300.0);
    assertThat(client.getPredictionRange("five", "{}")).contains(new PredictionRange(850, 2100));
    assertThat(client.getMedianPrediction("four", "{}")).contains(150.0);
    assertThat(client.getPredictionRange("four", "{}", 0.8))
        .contains(new PredictionRange(100, 500));
  }

  @Test
  void takesTheMiddleWhenThereIsNoMedian() {
    assertThat(client.getMedianPrediction("no-median", "{}")).contains(3.0);
  }

  @Test
  void passesABusinessErrorThrough() {
    Prediction prediction = client.predict("unknown-model", "{\"hardware\": \"A100\"}");

    assertThat(prediction.success()).isFalse();
    assertThat(prediction.message())
        .contains("No prediction data available for model type: unknown-model");
    assertThat(client.getMedianPrediction("unknown-model", "{}")).isEmpty();
    assertThat(client.getPredictionRange("unknown-model", "{}")).isEmpty();
  }

  @Test
  void neverThrowsFromPredict() {
    assertThat(client.predict("refused").message()).contains("HTTP request failed: 422 no type");
    server.close();
    Prediction unreachable = client.predict("five");
    assertThat(unreachable.status()).isEqualTo("error");
    assertThat(unreachable.message().orElseThrow()).startsWith("HTTP request failed: 503 ");
    assertThat(client.isAvailable()).isFalse();
    assertThat(client.predict("five").message().orElseThrow()).contains("Connection refused");
  }

  @Test
  void throwsFromHealthAndModels() {
    assertThat(client.isAvailable()).isTrue();
    assertThat(client.healthCheck().totalModels()).isEqualTo(15);
    assertThat(client.getAvailableModels())
        .containsExactly(
            new PredictorModel(
                "llama", Optional.empty(), 800, List.of("A100"), List.of("vllm-0.2.0")));
    server.close();

    assertThat(catchThrowableOfType(MeshClientException.class, client::healthCheck).httpStatus())
        .isEqualTo(503);
    assertThat(catchThrowableOfType(MeshClientException.class, client::getAvailableModels))
        .isNotNull();
  }

  @Test
  void findsAServerThatCameBack() throws IOException {
    int port = server.server().getPort();
    server.close();
    assertThat(client.isAvailable()).isFalse();

    server = TestServer.at(port, new Documented());

    assertThat(client.isAvailable()).isTrue();
  }

  @Test
  void refusesAConfidenceThatIsNone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> client.getPredictionRange("five", "{}", 1));
  }

  @Test
  void predictsTraces() {
    PredictOptions options = PredictOptions.table("predictions.json").withConfidenceLevel(0.9);

    TracePrediction single = client.predictSingle(MODEL, "{\"input_tokens\": 1}", options);
    assertThat(single.message()).contains("gpt-3.5/turbo/A100/vllm/0.1.0 predictions.json 0.9");
    assertThat(client.getExpectedTime(MODEL, "{}", options)).contains(new ExpectedTime(10, 2));

    BatchPrediction batch =
        client.predictBatch(MODEL, List.of("{}", "{}"), PredictOptions.defaults());
    assertThat(batch.results()).hasSize(2);
    assertThat(batch.failed()).isEqualTo(2);
    assertThat(batch.total()).isEqualTo(new ExpectedTime(20, 3));
  }

  @Test
  void reportsTablesAndTraining() {
    assertThat(client.predictTable(MODEL, new byte[] {'[', ']'}, 0.95).path())
        .contains("tables/[]-0.95.json");
    assertThat(client.train("{}"))
        .isEqualTo(
            new Training(
                "error",
                Optional.empty(),
                Optional.empty(),
                Optional.of("not yet"),
                Optional.empty()));
  }

  @Test
  void followsATrainingAndReportsItsVersion() {
    List<TrainingStep> steps = new ArrayList<>();

    Training training = client.train("{}", new byte[] {'x'}, steps::add);

    assertThat(steps)
        .containsExactly(new TrainingStep("reading", 1, 0), new TrainingStep("learning", 5, 10));
    assertThat(training)
        .isEqualTo(
            new Training(
                "success",
                Optional.of("x"),
                Optional.of("{\"rows\":12}"),
                Optional.empty(),
                Optional.of(3)));
  }

  @Test
  void listsAndRestoresVersions() {
    assertThat(client.getModelVersions()).hasSize(2);
    assertThat(client.getModelVersions("m"))
        .containsExactly(
            new TrainedVersion(
                "m", 2, true, "linear", 40, 1.5, "live", "{\"rows\":40}", List.of("tokens")));
    assertThat(client.restoreModel("m"))
        .isEqualTo(new RestoredModel("success", Optional.of(1), Optional.empty()));
    assertThat(client.restoreModel("m", 9))
        .isEqualTo(new RestoredModel("error", Optional.empty(), Optional.of("no version 9")));
  }

  /// Answers with the samples of the documentation.
  private static final class Documented extends PredictorServiceImplBase {
    @Override
    public void predict(PredictRequest request, StreamObserver<PredictResponse> o) {
      switch (request.getModelType()) {
        case "five" ->
            answer(
                o,
                prediction(
                    List.of(0.1, 0.25, 0.5, 0.75, 0.9),
                    List.of(850.0, 1050.0, 1300.0, 1650.0, 2100.0)));
        case "four" ->
            answer(
                o, prediction(List.of(0.25, 0.5, 0.75, 0.99), List.of(100.0, 150.0, 200.0, 500.0)));
        case "no-median" ->
            answer(o, prediction(List.of(0.1, 0.2, 0.8, 0.9), List.of(1.0, 2.0, 3.0, 4.0)));
        case "refused" ->
            o.onError(TestServer.refusal(Status.Code.INVALID_ARGUMENT, "INVALID_FIELD", "no type"));
        default ->
            answer(
                o,
                PredictResponse.newBuilder()
                    .setStatus("error")
                    .setMessage(
                        "No prediction data available for model type: " + request.getModelType())
                    .build());
      }
    }

    private static PredictResponse prediction(List<Double> quantiles, List<Double> values) {
      return PredictResponse.newBuilder()
          .setStatus("success")
          .addAllQuantiles(quantiles)
          .addAllQuantilePredictions(values)
          .build();
    }

    @Override
    public void getHealth(GetHealthRequest request, StreamObserver<GetHealthResponse> o) {
      answer(o, GetHealthResponse.newBuilder().setStatus("healthy").setTotalModels(15).build());
    }

    @Override
    public void listModels(ListModelsRequest request, StreamObserver<ListModelsResponse> o) {
      answer(
          o,
          ListModelsResponse.newBuilder()
              .addModels(
                  ModelInfo.newBuilder()
                      .setModelType("llama")
                      .setTotalPredictions(800)
                      .addHardwareTypes("A100")
                      .addSoftwareVersions("vllm-0.2.0"))
              .build());
    }

    @Override
    public void predictSingle(PredictSingleRequest r, StreamObserver<PredictSingleResponse> o) {
      String seen =
          String.join(
              "/",
              r.getModelType(),
              r.getModelName(),
              r.getHardware(),
              r.getSoftwareName(),
              r.getSoftwareVersion());
      answer(
          o,
          PredictSingleResponse.newBuilder()
              .setResults(
                  PredictionResult.newBuilder()
                      .setStatus("success")
                      .setExpect(10)
                      .setError(2)
                      .setMessage(
                          seen + " " + r.getLookupTableName() + " " + r.getConfidenceLevel()))
              .build());
    }

    @Override
    public void predictBatch(PredictBatchRequest request, StreamObserver<PredictBatchResponse> o) {
      PredictBatchResponse.Builder response =
          PredictBatchResponse.newBuilder()
              .setSummary(PredictionSummary.newBuilder().setFailed(request.getTraceCount()))
              .setExpect(20)
              .setError(3);
      request.getTraceList().forEach(_ -> response.addResultsBuilder().setStatus("error"));
      answer(o, response.build());
    }

    @Override
    public void predictTable(PredictTableRequest request, StreamObserver<PredictTableResponse> o) {
      String path =
          "tables/"
              + request.getTraceFile().toStringUtf8()
              + "-"
              + request.getConfidenceLevel()
              + ".json";
      answer(o, PredictTableResponse.newBuilder().setStatus("successful").setPath(path).build());
    }

    @Override
    public void train(TrainRequest request, StreamObserver<TrainResponse> o) {
      answer(o, TrainResponse.newBuilder().setStatus("error").setMessage("not yet").build());
    }

    @Override
    public void trainStream(TrainStreamRequest request, StreamObserver<TrainStreamResponse> o) {
      o.onNext(TrainStreamResponse.newBuilder().setPhase("reading").setDone(1).build());
      o.onNext(
          TrainStreamResponse.newBuilder().setPhase("learning").setDone(5).setTotal(10).build());
      TrainResponse result =
          TrainResponse.newBuilder()
              .setStatus("success")
              .setModelKey(request.getTraceFile().toStringUtf8())
              .setMetrics(Json.value("{\"rows\":12}"))
              .setVersion(3)
              .build();
      answer(o, TrainStreamResponse.newBuilder().setPhase("done").setResult(result).build());
    }

    @Override
    public void listModelVersions(
        ListModelVersionsRequest request, StreamObserver<ListModelVersionsResponse> o) {
      ModelVersion version =
          ModelVersion.newBuilder()
              .setModelKey("m")
              .setVersion(2)
              .setActive(true)
              .setStage("linear")
              .setRows(40)
              .setTrainedAt(1.5)
              .setOrigin("live")
              .setMetrics(Json.value("{\"rows\":40}"))
              .addFeatures("tokens")
              .build();
      ListModelVersionsResponse.Builder response =
          ListModelVersionsResponse.newBuilder().setStatus("success").addVersions(version);
      if (!request.hasModelKey()) {
        response.addVersions(version);
      }
      answer(o, response.build());
    }

    @Override
    public void restoreModel(RestoreModelRequest request, StreamObserver<RestoreModelResponse> o) {
      answer(
          o,
          request.hasVersion()
              ? RestoreModelResponse.newBuilder()
                  .setStatus("error")
                  .setMessage("no version " + request.getVersion())
                  .build()
              : RestoreModelResponse.newBuilder().setStatus("success").setVersion(1).build());
    }
  }
}
