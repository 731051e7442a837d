package io.swarmpilot.predictor.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmpilot.proto.predictor.v1.GetHealthRequest;
import io.swarmpilot.proto.predictor.v1.GetHealthResponse;
import io.swarmpilot.proto.predictor.v1.ListModelsRequest;
import io.swarmpilot.proto.predictor.v1.ListModelsResponse;
import io.swarmpilot.proto.predictor.v1.ModelInfo;
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
      Files.createDirectories(directory);
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

  private static List<ModelInfo> list(PredictorHarness predictor) {
    ListModelsResponse response =
        predictor.stub().listModels(ListModelsRequest.getDefaultInstance());
    assertThat(response.getStatus()).isEqualTo("success");
    return response.getModelsList();
  }
}
