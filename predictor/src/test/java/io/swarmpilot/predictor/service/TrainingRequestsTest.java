package io.swarmpilot.predictor.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableList;
import com.google.protobuf.ByteString;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.swarmpilot.proto.predictor.v1.GetHealthRequest;
import io.swarmpilot.proto.predictor.v1.ListModelVersionsRequest;
import io.swarmpilot.proto.predictor.v1.ListModelsRequest;
import io.swarmpilot.proto.predictor.v1.ModelInfo;
import io.swarmpilot.proto.predictor.v1.ModelVersion;
import io.swarmpilot.proto.predictor.v1.RestoreModelRequest;
import io.swarmpilot.proto.predictor.v1.RestoreModelResponse;
import io.swarmpilot.proto.predictor.v1.TrainRequest;
import io.swarmpilot.proto.predictor.v1.TrainResponse;
import io.swarmpilot.proto.predictor.v1.TrainStreamRequest;
import io.swarmpilot.proto.predictor.v1.TrainStreamResponse;
import io.swarmpilot.runtime.json.JsonValues;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class TrainingRequestsTest {
  private static final String KEY = "chat__llama__A100__vllm-0.2.0";
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory;

  private PredictorHarness predictor;

  @BeforeEach
  void start() throws IOException {
    predictor = PredictorHarness.start(directory);
  }

  @AfterEach
  void stop() {
    predictor.close();
  }

  @Test
  void answersWithTheHeldOutMetrics() throws IOException {
    TrainResponse response = train("\"epochs\": 30, \"dropout\": 0.1,", 400);

    assertThat(response.getStatus()).isEqualTo("success");
    assertThat(response.hasMessage()).isFalse();
    assertThat(response.getModelKey()).isEqualTo(KEY);
    assertThat(response.getVersion()).isEqualTo(1);
    assertThat(response.getDurationMs()).isPositive();
    JsonNode metrics = JSON.readTree(response.getMetrics().getJson());
    assertThat(metrics.path("rows").intValue()).isEqualTo(400);
    assertThat(metrics.path("test_rows").intValue()).isEqualTo(80);
    assertThat(metrics.path("train_rows").intValue()).isEqualTo(320);
    assertThat(ImmutableList.copyOf(metrics.path("pinball_loss").fieldNames()))
        .containsExactly("0.1", "0.25", "0.5", "0.75", "0.9");
    assertThat(metrics.path("mean_pinball_loss").doubleValue()).isPositive();
    assertThat(ImmutableList.copyOf(metrics.path("coverage").fieldNames()))
        .containsExactly("0.8", "0.9", "0.95");
    assertThat(metrics.path("mape").doubleValue()).isBetween(0.0, 0.5);
    assertThat(metrics.path("features")).hasSize(1);
    assertThat(metrics.path("ignored_settings")).hasSize(1);
  }

  @Test
  void countsTrainedModels() {
    int before = health();
    train("", 40);

    assertThat(health()).isEqualTo(before + 1);
    assertThat(predictor.stub().listModels(ListModelsRequest.getDefaultInstance()).getModelsList())
        .contains(
            ModelInfo.newBuilder()
                .setModelType("chat")
                .setModelName("llama")
                .setTotalPredictions(40)
                .addHardwareTypes("A100")
                .addSoftwareVersions("vllm-0.2.0")
                .build());
  }

  @Test
  void listsVersionsAndRestoresThem() {
    train("", 20);
    train("", 30);
    assertThat(versions()).extracting(ModelVersion::getVersion).containsExactly(2, 1);
    assertThat(versions()).extracting(ModelVersion::getActive).containsExactly(true, false);
    assertThat(versions()).extracting(ModelVersion::getRows).containsExactly(30, 20);
    assertThat(versions()).extracting(ModelVersion::getOrigin).containsOnly("request");

    RestoreModelResponse restored = restore(RestoreModelRequest.newBuilder().setModelKey(KEY));

    assertThat(restored.getStatus()).isEqualTo("success");
    assertThat(restored.getVersion()).isEqualTo(1);
    assertThat(versions()).extracting(ModelVersion::getActive).containsExactly(false, true);
    assertThat(restore(RestoreModelRequest.newBuilder().setModelKey(KEY)).getMessage())
        .isEqualTo(KEY + ": there is no version before 1");
    assertThat(restore(RestoreModelRequest.newBuilder().setModelKey(KEY).setVersion(9)))
        .isEqualTo(
            RestoreModelResponse.newBuilder()
                .setStatus("error")
                .setMessage(KEY + ": there is no version 9")
                .build());
    assertThat(restore(RestoreModelRequest.newBuilder().setModelKey("../x")).getMessage())
        .isEqualTo("there is no trained model ../x");
    assertThat(train("", 12).getVersion()).isEqualTo(3);
  }

  @Test
  void keepsEveryVersionOverARestart() throws IOException {
    train("", 20);
    train("\"epochs\": 20,", 1_500);
    train("", 60);
    restore(RestoreModelRequest.newBuilder().setModelKey(KEY).setVersion(2));
    List<ModelVersion> before = versions();

    predictor.close();
    predictor = PredictorHarness.start(directory);

    assertThat(versions()).isEqualTo(before);
    assertThat(versions()).extracting(ModelVersion::getActive).containsExactly(false, true, false);
    assertThat(restore(RestoreModelRequest.newBuilder().setModelKey(KEY).setVersion(1)).getStatus())
        .isEqualTo("success");
  }

  @Test
  void restoringNeedsAKeyAndASensibleVersion() {
    assertThat(
            PredictorHarness.violations(
                () -> restore(RestoreModelRequest.newBuilder().setVersion(0))))
        .containsExactly("model_key missing: Field required", "version value_error: must be > 0");
  }

  @Test
  void anErrorNamesRowAndFieldAndChangesNothing() {
    train("", 20);
    TrainResponse response =
        predictor
            .stub()
            .train(
                TrainRequest.newBuilder()
                    .setConfig(JsonValues.of(config("\"test_split\": 0.2")))
                    .setTraceFile(ByteString.copyFromUtf8("x,runtime_ms\n1,5\n2,-5\n"))
                    .build());

    assertThat(response)
        .isEqualTo(
            TrainResponse.newBuilder()
                .setStatus("error")
                .setMessage("trace_file[1].runtime_ms: must be > 0")
                .setMetrics(JsonValues.of("{\"error\":\"trace_file[1].runtime_ms: must be > 0\"}"))
                .build());
    assertThat(versions()).extracting(ModelVersion::getVersion).containsExactly(1);
  }

  @Test
  void streamsHowFarItIsAndThenTheResult() {
    Iterator<TrainStreamResponse> answers =
        predictor
            .stub()
            .trainStream(
                TrainStreamRequest.newBuilder()
                    .setConfig(JsonValues.of(config("\"epochs\": 20, \"samples\": " + rows(300))))
                    .build());
    List<TrainStreamResponse> all = ImmutableList.copyOf(answers);

    assertThat(all.stream().map(TrainStreamResponse::getPhase).distinct())
        .startsWith("reading", "learning")
        .endsWith("saving", "done");
    assertThat(all)
        .last()
        .satisfies(last -> {
          assertThat(last.getResult().getStatus()).isEqualTo("success");
          assertThat(last.getResult().getModelKey()).isEqualTo(KEY);
        });
    assertThat(all.subList(0, all.size() - 1)).noneMatch(TrainStreamResponse::hasResult);
  }

  @Test
  @Timeout(20)
  void stopsWhenTheCallerGoes() throws Exception {
    String config = config("\"epochs\": 2000, \"max_leaves\": 256, \"samples\": " + rows(60_000));
    Context.CancellableContext call = Context.current().withCancellation();
    Iterator<TrainStreamResponse> answers =
        call.call(() ->
            predictor
                .stub()
                .trainStream(
                    TrainStreamRequest.newBuilder().setConfig(JsonValues.of(config)).build()));
    while (!answers.next().getPhase().equals("learning")) {
      // What comes before takes no time.
    }
    call.cancel(null);

    assertThat(Status.fromThrowable(catchFailure(answers)).getCode())
        .isEqualTo(Status.Code.CANCELLED);
    // The thread that learns is free again long before it could have learned that.
    TrainResponse next =
        predictor
            .stub()
            .train(
                TrainRequest.newBuilder()
                    .setConfig(
                        JsonValues.of("{\"model_type\": \"next\", \"samples\": " + rows(20) + "}"))
                    .build());
    assertThat(next.getStatus()).isEqualTo("success");
    assertThat(versions()).isEmpty();
  }

  @Test
  void trainingNeedsAConfiguration() {
    assertThat(
            PredictorHarness.violations(
                () -> predictor.stub().train(TrainRequest.getDefaultInstance())))
        .containsExactly("config missing: Field required");
    assertThat(
            PredictorHarness.violations(() ->
                predictor
                    .stub()
                    .train(TrainRequest.newBuilder().setConfig(JsonValues.of("{\"a\":")).build())))
        .containsExactly("config json_invalid: Input is not valid JSON");
  }

  private static Throwable catchFailure(Iterator<?> answers) {
    try {
      answers.forEachRemaining(answer -> {});
      throw new AssertionError("it did not fail");
    } catch (StatusRuntimeException e) {
      return e;
    }
  }

  private int health() {
    return predictor.stub().getHealth(GetHealthRequest.getDefaultInstance()).getTotalModels();
  }

  private List<ModelVersion> versions() {
    return predictor
        .stub()
        .listModelVersions(ListModelVersionsRequest.newBuilder().setModelKey(KEY).build())
        .getVersionsList();
  }

  private RestoreModelResponse restore(RestoreModelRequest.Builder request) {
    return predictor.stub().restoreModel(request.build());
  }

  private TrainResponse train(String settings, int rows) {
    return predictor
        .stub()
        .train(
            TrainRequest.newBuilder()
                .setConfig(JsonValues.of(config(settings + "\"samples\": " + rows(rows))))
                .build());
  }

  private static String config(String members) {
    return """
    {"model_type": "chat", "model_name": "llama", "hardware": "A100", "software_name": "vllm",
     "software_version": "0.2.0", %s}\
    """
        .formatted(members);
  }

  /// Times that grow with the tokens, with some spread.
  private static String rows(int count) {
    return IntStream.range(0, count)
        .mapToObj(i ->
            "{\"input_tokens\": %d, \"runtime_ms\": %s}"
                .formatted(i % 97, 100 + i % 97 * 3 + i % 11))
        .collect(Collectors.joining(",", "[", "]"));
  }
}
