package io.swarmpilot.predictor.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.swarmpilot.proto.common.v1.JsonValue;
import io.swarmpilot.proto.predictor.v1.PredictBatchRequest;
import io.swarmpilot.proto.predictor.v1.PredictBatchResponse;
import io.swarmpilot.proto.predictor.v1.PredictRequest;
import io.swarmpilot.proto.predictor.v1.PredictResponse;
import io.swarmpilot.proto.predictor.v1.PredictSingleRequest;
import io.swarmpilot.proto.predictor.v1.PredictSingleResponse;
import io.swarmpilot.proto.predictor.v1.PredictedModel;
import io.swarmpilot.proto.predictor.v1.PredictionResult;
import io.swarmpilot.runtime.json.JsonValues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class UserPredictionsTest {
  private static final String DOCUMENTED_METADATA =
      """
      {
        "model_name": "gpt-3.5-turbo-0613",
        "hardware": "A100",
        "software_name": "vllm",
        "software_version": "0.2.0",
        "input_tokens": 100,
        "output_tokens": 50,
        "batch_size": 1
      }
      """;

  @TempDir Path directory;

  @Test
  void theDocumentedPredictExampleSucceeds() throws IOException {
    try (PredictorHarness predictor = PredictorHarness.start(directory, "five-quantiles.json")) {
      PredictResponse response =
          predictor.stub().predict(request("gpt-3.5-turbo", DOCUMENTED_METADATA));

      assertThat(response.getStatus()).isEqualTo("success");
      assertThat(response.hasMessage()).isFalse();
      assertThat(response.getModelType()).isEqualTo("gpt-3.5-turbo");
      assertThat(response.getQuantilesList()).containsExactly(0.1, 0.25, 0.5, 0.75, 0.9);
      assertThat(response.getQuantilePredictionsList())
          .containsExactly(850.0, 1050.0, 1300.0, 1650.0, 2100.0);
      assertThat(response.getPredictionMethod()).isEqualTo("lookup");
      assertThat(response.getConfidence()).isEqualTo(0.8);
      assertThat(response.getExpect()).isCloseTo(1381.25, within(1e-9));
      assertThat(response.getError()).isCloseTo(405.05, within(0.005));
    }
  }

  @Test
  void theDocumentedErrorIsAnAnswer() throws IOException {
    try (PredictorHarness predictor = PredictorHarness.start(directory, "five-quantiles.json")) {
      assertThat(predictor.stub().predict(request("unknown-model", "{}")))
          .isEqualTo(
              PredictResponse.newBuilder()
                  .setStatus("error")
                  .setMessage("No prediction data available for model type: unknown-model")
                  .build());
    }
  }

  @Test
  void theDocumentedSingleExampleSucceeds() throws IOException {
    try (PredictorHarness predictor = PredictorHarness.start(directory)) {
      PredictSingleResponse response =
          predictor
              .stub()
              .predictSingle(
                  PredictorHarness.single()
                      .setLookupTable(true)
                      .setLookupTableName("predictions.json")
                      .build());

      PredictionResult result = response.getResults();
      assertThat(result.getStatus()).isEqualTo("success");
      assertThat(result.getQuantilesList()).containsExactly(0.25, 0.5, 0.75, 0.99);
      assertThat(result.getQuantilePredictionsList()).containsExactly(100.0, 150.0, 200.0, 500.0);
      assertThat(result.getExpect()).isEqualTo(150);
      assertThat(result.getError()).isEqualTo(25);
      assertThat(result.getConfidence()).isEqualTo(1);
      assertThat(result.getPredictionMethod()).isEqualTo("lookup");
      assertThat(result.getLower()).isEqualTo(100);
      assertThat(result.getUpper()).isCloseTo(200 + 300 * (0.975 - 0.75) / 0.24, within(1e-9));
      assertThat(result.getModelInfo())
          .isEqualTo(
              PredictedModel.newBuilder()
                  .setType("gpt-3.5")
                  .setName("turbo")
                  .setHardware("A100")
                  .setSoftwareName("vllm")
                  .setSoftwareVersion("0.1.0")
                  .build());
      assertThat(response.getSummary().getTotal()).isEqualTo(1);
      assertThat(response.getSummary().getSuccess()).isEqualTo(1);
      assertThat(response.getSummary().getFailed()).isZero();
      assertThat(response.getSummary().getConfidenceLevel()).isEqualTo(0.95);
      assertThat(response.getSummary().getDurationSeconds()).isBetween(0, 20);
      assertThat(response.getSummary().getDurationMs()).isPositive();
    }
  }

  @Test
  void aSingleFailureIsAnAnswerWithNothingButItsReason() throws IOException {
    try (PredictorHarness predictor = PredictorHarness.start(directory)) {
      PredictSingleResponse response =
          predictor
              .stub()
              .predictSingle(
                  PredictorHarness.single()
                      .setHardware("H100")
                      .setLookupTable(true)
                      .setLookupTableName("predictions.json")
                      .build());

      assertThat(response.getResults())
          .isEqualTo(error("No prediction data available for model type: gpt-3.5"));
      assertThat(response.getSummary().getFailed()).isEqualTo(1);
      assertThat(response.getSummary().getSuccess()).isZero();
    }
  }

  @Test
  void tableOnlyWithoutATableSaysSo() throws IOException {
    try (PredictorHarness predictor = PredictorHarness.start(directory)) {
      predictor.report("gpt-3.5", "A100", Map.of(), 10, 50);

      assertThat(single(predictor, PredictorHarness.single().setLookupTable(true)).getMessage())
          .startsWith("No default lookup table is loaded");
      assertThat(single(predictor, PredictorHarness.single()).getPredictionMethod())
          .isEqualTo("live");
    }
  }

  @Test
  void tableOnlyWithoutANameUsesTheDefaultTable() throws IOException {
    try (PredictorHarness predictor = PredictorHarness.start(directory, "predictions.json")) {
      assertThat(single(predictor, PredictorHarness.single().setLookupTable(true)).getExpect())
          .isEqualTo(150);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../predictions.json",
        "/etc/passwd",
        "%2e%2e%2fx.json",
        "absent.json",
        "sub/../../x",
        "\u0000",
      })
  void aTableThatCannotBeUsedIsAnAnswer(String name) throws IOException {
    try (PredictorHarness predictor = PredictorHarness.start(directory)) {
      for (boolean tableOnly : new boolean[] {true, false}) {
        PredictionResult result =
            single(
                predictor,
                PredictorHarness.single().setLookupTable(tableOnly).setLookupTableName(name));
        assertThat(result).isEqualTo(error(result.getMessage()));
        assertThat(result.getMessage()).startsWith("Lookup table");
      }
    }
  }

  @Test
  void aDamagedTableIsNamed() throws IOException {
    Files.writeString(directory.resolve("bad.json"), "[{]");
    try (PredictorHarness predictor = PredictorHarness.start(directory)) {
      assertThat(
              single(
                      predictor,
                      PredictorHarness.single().setLookupTable(true).setLookupTableName("bad.json"))
                  .getMessage())
          .isEqualTo("Lookup table bad.json cannot be read: it is malformed at line 1");
    }
  }

  @Test
  void liveAnswersHaveTheMedianThird() throws IOException {
    try (PredictorHarness predictor = PredictorHarness.start(directory)) {
      for (int i = 1; i <= 101; i++) {
        predictor.report("llm", "A100", Map.of(), i, 1);
      }
      PredictResponse response =
          predictor.stub().predict(request("llm", "{\"hardware\": \"A100\"}"));

      assertThat(response.getQuantilesList()).containsExactly(0.1, 0.25, 0.5, 0.75, 0.9);
      assertThat(response.getQuantilePredictions(2)).isCloseTo(51, within(1e-9));
      assertThat(response.getQuantilePredictions(0)).isCloseTo(10.2, within(1e-9));
      assertThat(response.getExpect()).isCloseTo(51, within(1e-9));
      assertThat(response.getError()).isCloseTo(Math.sqrt((101 * 101 - 1) / 12.0), within(1e-6));
      assertThat(response.getPredictionMethod()).isEqualTo("live");
      assertThat(response.getConfidence()).isCloseTo(101 / 111.0, within(1e-12));
    }
  }

  @Test
  void theIntervalOfALiveAnswerReachesIntoTheTails() throws IOException {
    try (PredictorHarness predictor = PredictorHarness.start(directory)) {
      for (int i = 1; i <= 101; i++) {
        predictor.report("gpt-3.5", "A100", Map.of(), i, 1);
      }
      PredictionResult result = single(predictor, PredictorHarness.single());

      assertThat(result.getLower()).isCloseTo(2.55, within(1e-9));
      assertThat(result.getUpper()).isCloseTo(99.45, within(1e-9));
    }
  }

  @Test
  void tracesOfDifferentSizesGetDifferentAnswers() throws IOException {
    try (PredictorHarness predictor = PredictorHarness.start(directory)) {
      predictor.report("gpt-3.5", "A100", Map.of("input_tokens", 10.0), 10, 40);
      predictor.report("gpt-3.5", "A100", Map.of("input_tokens", 1000.0), 900, 40);

      PredictBatchResponse response =
          predictor
              .stub()
              .predictBatch(
                  batch(
                      "{\"input_tokens\": 10}",
                      "{\"input_feature\": [{\"param_name\": \"input_tokens\", \"val\": 1000}]}",
                      "{\"input_feature\": {\"input_tokens\": 1000}}"));

      assertThat(response.getResultsList())
          .extracting(PredictionResult::getExpect)
          .satisfiesExactly(
              small -> assertThat(small).isCloseTo(10, within(1e-6)),
              large -> assertThat(large).isCloseTo(900, within(1e-6)),
              large -> assertThat(large).isCloseTo(900, within(1e-6)));
    }
  }

  @Test
  void aBatchAddsUp() throws IOException {
    try (PredictorHarness predictor = PredictorHarness.start(directory, "predictions.json")) {
      PredictBatchResponse response =
          predictor.stub().predictBatch(batch("{\"a\": 1}", "{\"b\": 2}"));

      assertThat(response.getResultsCount()).isEqualTo(2);
      assertThat(response.getExpect()).isEqualTo(300);
      assertThat(response.getError()).isCloseTo(35.355, within(0.001));
      assertThat(response.getSummary().getTotal()).isEqualTo(2);
      assertThat(response.getSummary().getSuccess()).isEqualTo(2);
    }
  }

  @Test
  void aBatchWithoutDataHasOneErrorPerTrace() throws IOException {
    try (PredictorHarness predictor = PredictorHarness.start(directory)) {
      PredictBatchResponse response = predictor.stub().predictBatch(batch("{}", "{}"));

      assertThat(response.getResultsList())
          .containsExactly(
              error("No prediction data available for model type: gpt-3.5"),
              error("No prediction data available for model type: gpt-3.5"));
      assertThat(response.getSummary().getTotal()).isEqualTo(2);
      assertThat(response.getSummary().getFailed()).isEqualTo(2);
      assertThat(response.getExpect()).isZero();
    }
  }

  @Test
  void anEmptyBatchIsNoError() throws IOException {
    try (PredictorHarness predictor = PredictorHarness.start(directory)) {
      PredictBatchResponse response = predictor.stub().predictBatch(batch());

      assertThat(response.getResultsCount()).isZero();
      assertThat(response.getExpect()).isZero();
      assertThat(response.getError()).isZero();
      assertThat(response.getSummary().getTotal()).isZero();
    }
  }

  @Test
  void metadataMayBeAbsentNullOrATree() throws IOException {
    try (PredictorHarness predictor = PredictorHarness.start(directory, "predictions.json")) {
      PredictRequest bare = PredictRequest.newBuilder().setModelType("gpt-3.5-turbo").build();
      JsonValue tree =
          JsonValue.newBuilder()
              .setValue(
                  Value.newBuilder()
                      .setStructValue(
                          Struct.newBuilder()
                              .putFields(
                                  "hardware", Value.newBuilder().setStringValue("A100").build())))
              .build();

      assertThat(predictor.stub().predict(bare).getStatus()).isEqualTo("success");
      assertThat(predictor.stub().predict(request("gpt-3.5-turbo", "null")).getStatus())
          .isEqualTo("success");
      assertThat(predictor.stub().predict(bare.toBuilder().setMetadata(tree).build()).getStatus())
          .isEqualTo("success");
    }
  }

  @Test
  void metadataThatSaysNothingOfTheModelDoesNoHarm() throws IOException {
    try (PredictorHarness predictor = PredictorHarness.start(directory, "predictions.json")) {
      assertThat(
              predictor
                  .stub()
                  .predict(request("gpt-3.5-turbo", "{\"user_id\": \"123\", \"tags\": [\"a\"]}"))
                  .getStatus())
          .isEqualTo("success");
    }
  }

  @Test
  void refusesPredictRequestsNamingTheField() throws IOException {
    try (PredictorHarness predictor = PredictorHarness.start(directory)) {
      assertThat(PredictorHarness.violations(() -> predictor.stub().predict(request("", "[]"))))
          .containsExactly(
              "model_type missing: Field required",
              "metadata dict_type: Input should be a JSON object");
      assertThat(
              PredictorHarness.violations(
                  () -> predictor.stub().predict(request("m", "{\"batch_size\": 1e999}"))))
          .containsExactly("metadata.batch_size value_error: must be a finite number");
      assertThat(
              PredictorHarness.violations(
                  () -> predictor.stub().predict(request("m", "{\"batch_size\": NaN}"))))
          .containsExactly("metadata value_error: Input is not valid JSON");
    }
  }

  @Test
  void refusesSingleRequestsNamingEveryField() throws IOException {
    try (PredictorHarness predictor = PredictorHarness.start(directory)) {
      assertThat(
              PredictorHarness.violations(
                  () -> predictor.stub().predictSingle(PredictSingleRequest.getDefaultInstance())))
          .containsExactly(
              "model_type missing: Field required",
              "model_name missing: Field required",
              "hardware missing: Field required",
              "software_name missing: Field required",
              "software_version missing: Field required",
              "confidence_level missing: Field required",
              "trace missing: Field required");
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -0.5, 1.5, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesConfidenceLevelsOutsideTheRange(double level) throws IOException {
    try (PredictorHarness predictor = PredictorHarness.start(directory)) {
      String expected = "confidence_level value_error: must be between 0 and 1, both excluded";

      assertThat(
              PredictorHarness.violations(() ->
                  predictor
                      .stub()
                      .predictSingle(PredictorHarness.single().setConfidenceLevel(level).build())))
          .containsExactly(expected);
      assertThat(
              PredictorHarness.violations(() ->
                  predictor
                      .stub()
                      .predictBatch(batch("{}").toBuilder().setConfidenceLevel(level).build())))
          .containsExactly(expected);
    }
  }

  @Test
  void refusesBatchesNamingTheTrace() throws IOException {
    try (PredictorHarness predictor = PredictorHarness.start(directory)) {
      assertThat(
              PredictorHarness.violations(
                  () -> predictor.stub().predictBatch(batch("{}", "7", "{\"n\": 1e999}"))))
          .containsExactly(
              "trace[1] dict_type: Input should be a JSON object",
              "trace[2].n value_error: must be a finite number");
    }
  }

  @Test
  void namesABoundedNumberOfMistakes() throws IOException {
    try (PredictorHarness predictor = PredictorHarness.start(directory)) {
      String[] wrong = new String[1_000];
      Arrays.fill(wrong, "7");

      assertThat(PredictorHarness.violations(() -> predictor.stub().predictBatch(batch(wrong))))
          .hasSize(RequestRules.MAX_VIOLATIONS);
    }
  }

  private static PredictionResult single(
      PredictorHarness predictor, PredictSingleRequest.Builder request) {
    return predictor.stub().predictSingle(request.build()).getResults();
  }

  private static PredictionResult error(String message) {
    return PredictionResult.newBuilder().setStatus("error").setMessage(message).build();
  }

  private static PredictRequest request(String type, String metadata) {
    return PredictRequest.newBuilder()
        .setModelType(type)
        .setMetadata(JsonValues.of(metadata))
        .build();
  }

  private static PredictBatchRequest batch(String... traces) {
    PredictBatchRequest.Builder request =
        PredictBatchRequest.newBuilder()
            .setModelType("gpt-3.5")
            .setModelName("turbo")
            .setHardware("A100")
            .setSoftwareName("vllm")
            .setSoftwareVersion("0.1.0")
            .setConfidenceLevel(0.95);
    for (String trace : traces) {
      request.addTrace(JsonValues.of(trace));
    }
    return request.build();
  }
}
