package io.swarmpilot.predictor.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.swarmpilot.proto.predictor.v1.GetHealthRequest;
import io.swarmpilot.proto.predictor.v1.GetHealthResponse;
import io.swarmpilot.proto.predictor.v1.ListModelsRequest;
import io.swarmpilot.proto.predictor.v1.ListModelsResponse;
import io.swarmpilot.proto.predictor.v1.ModelInfo;
import io.swarmpilot.proto.predictor.v1.PredictTableRequest;
import io.swarmpilot.proto.predictor.v1.PredictTableResponse;
import io.swarmpilot.proto.predictor.v1.TrainRequest;
import io.swarmpilot.proto.predictor.v1.TrainResponse;
import io.swarmpilot.runtime.json.JsonValues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class ModelRegistryTest {
  @TempDir Path directory;

  @Test
  void healthHasTheKeysOfBothDocuments() throws IOException {
    try (PredictorHarness predictor = PredictorHarness.start(directory)) {
      GetHealthResponse health = predictor.stub().getHealth(GetHealthRequest.getDefaultInstance());

      assertThat(health.getStatus()).isEqualTo("healthy");
      assertThat(health.getService()).isEqualTo("predictor");
      assertThat(health.getVersion()).isNotEmpty();
      assertThat(health.getTotalModels()).isEqualTo(2);
      assertThat(health.getMode()).isEqualTo("default");
      assertThat(health.getLookupPredictorLoaded()).isFalse();
    }
  }

  @Test
  void theModeTellsWhetherADefaultTableIsLoaded() throws IOException {
    try (PredictorHarness predictor = PredictorHarness.start(directory, "predictions.json")) {
      GetHealthResponse health = predictor.stub().getHealth(GetHealthRequest.getDefaultInstance());

      assertThat(health.getMode()).isEqualTo("lookup_table");
      assertThat(health.getLookupPredictorLoaded()).isTrue();
    }
  }

  @Test
  void healthTellsThatTheDirectoryHasGone() throws IOException {
    try (PredictorHarness predictor = PredictorHarness.start(directory)) {
      Files.delete(directory.resolve("predictions.json"));
      Files.delete(directory.resolve("five-quantiles.json"));
      Files.delete(directory);

      assertThat(predictor.stub().getHealth(GetHealthRequest.getDefaultInstance()).getStatus())
          .isEqualTo("unhealthy");
      predictor.report("embed", "cpu", Map.of(), 10, 30);
      assertThat(list(predictor)).hasSize(1);
      Files.createDirectory(directory);
    }
  }

  @Test
  void listsModelsOfTablesAndExecutionsWithTrueCounts() throws IOException {
    Files.writeString(
        directory.resolve("more.csv"),
        """
        model_type,model_name,hardware,software_name,software_version,n,p50
        llama,,V100,vllm,0.2.1,1,5
        llama,,A100,vllm,0.2.0,1,5
        llama,,A100,tgi,,2,6
        """);
    try (PredictorHarness predictor = PredictorHarness.start(directory)) {
      predictor.report("llama", "H100", Map.of(), 10, 4);

      assertThat(list(predictor))
          .containsExactly(
              ModelInfo.newBuilder()
                  .setModelType("gpt-3.5-turbo")
                  .setTotalPredictions(1)
                  .addHardwareTypes("A100")
                  .addSoftwareVersions("vllm-0.2.0")
                  .build(),
              ModelInfo.newBuilder()
                  .setModelType("gpt-3.5-turbo")
                  .setModelName("turbo")
                  .setTotalPredictions(1)
                  .addHardwareTypes("A100")
                  .addSoftwareVersions("vllm-0.1.0")
                  .build(),
              ModelInfo.newBuilder()
                  .setModelType("llama")
                  .setTotalPredictions(7)
                  .addAllHardwareTypes(List.of("A100", "H100", "V100"))
                  .addAllSoftwareVersions(List.of("tgi", "vllm-0.2.0", "vllm-0.2.1"))
                  .build());
    }
  }

  @Test
  void trainingAnswersItsDocumentedError() throws IOException {
    try (PredictorHarness predictor = PredictorHarness.start(directory)) {
      TrainResponse response =
          predictor
              .stub()
              .train(
                  TrainRequest.newBuilder().setConfig(JsonValues.of("{\"samples\": []}")).build());

      assertThat(response)
          .isEqualTo(
              TrainResponse.newBuilder()
                  .setStatus("error")
                  .setMessage("Model training is not available in this version")
                  .build());
    }
  }

  @Test
  void trainingNeedsAConfiguration() throws IOException {
    try (PredictorHarness predictor = PredictorHarness.start(directory)) {
      assertThat(
              PredictorHarness.violations(
                  () -> predictor.stub().train(TrainRequest.getDefaultInstance())))
          .containsExactly("config missing: Field required");
      assertThat(
              PredictorHarness.violations(() ->
                  predictor
                      .stub()
                      .train(
                          TrainRequest.newBuilder().setConfig(JsonValues.of("{\"a\":")).build())))
          .containsExactly("config json_invalid: Input is not valid JSON");
    }
  }

  @Test
  void makingATableAnswersItsDocumentedError() throws IOException {
    try (PredictorHarness predictor = PredictorHarness.start(directory)) {
      PredictTableResponse response = predictor.stub().predictTable(table().build());

      assertThat(response.getStatus()).isEqualTo("failed");
      assertThat(response.hasPath()).isFalse();
      assertThat(response.getMessage()).contains("training is not available in this version");
    }
  }

  @Test
  void makingATableNeedsTracesAndSensibleSettings() throws IOException {
    try (PredictorHarness predictor = PredictorHarness.start(directory)) {
      assertThat(
              PredictorHarness.violations(() ->
                  predictor
                      .stub()
                      .predictTable(
                          table()
                              .clearTraceFile()
                              .clearHardware()
                              .setFormat("xml")
                              .setConfidenceLevel(2)
                              .build())))
          .containsExactly(
              "hardware missing: Field required",
              "trace_file missing: Field required",
              "format value_error: must be json or csv",
              "confidence_level value_error: must be between 0 and 1, both excluded");
    }
  }

  private static PredictTableRequest.Builder table() {
    return PredictTableRequest.newBuilder()
        .setModelType("gpt-3.5")
        .setModelName("turbo")
        .setHardware("A100")
        .setSoftwareName("vllm")
        .setSoftwareVersion("0.1.0")
        .setTraceFile(ByteString.copyFromUtf8("[{}]"));
  }

  private static List<ModelInfo> list(PredictorHarness predictor) {
    ListModelsResponse response =
        predictor.stub().listModels(ListModelsRequest.getDefaultInstance());
    assertThat(response.getStatus()).isEqualTo("success");
    return response.getModelsList();
  }
}
