package io.swarmpilot.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LookupPredictorTest {
  private static final String TABLE =
      """
      [
        {"status": "success", "model_type": "gpt-3.5-turbo",
         "model_info": {"type": "gpt-3.5-turbo", "hardware": "A100", "software_name": "vllm",
                        "software_version": "0.2.0"},
         "quantiles": [0.1, 0.25, 0.5, 0.75, 0.9],
         "quantile_predictions": [850.0, 1050.0, 1300.0, 1650.0, 2100.0]},
        {"status": "success", "model_type": "gpt-3.5-turbo",
         "quantiles": [0.25, 0.5, 0.75, 0.99], "quantile_predictions": [100.0, 150.0, 200.0, 500.0],
         "expect": 150.0, "error": 25.0,
         "model_info": {"type": "gpt-3.5-turbo", "name": "turbo", "hardware": "V100",
                        "software_name": "vllm", "software_version": "0.1.0"}},
        {"status": "error", "model_type": "other", "quantiles": [0.5], "quantile_predictions": [1]},
        {"status": "success", "model_type": "ragged", "quantiles": [0.5],
         "quantile_predictions": []},
        "noise"
      ]
      """;

  @TempDir private Path directory;

  @Test
  void readsBothDocumentedFormats() throws IOException {
    LookupPredictor predictor = predictor(TABLE);

    assertThat(predictor.predict("gpt-3.5-turbo", Map.of("hardware", "A100")))
        .hasValueSatisfying(found -> {
          assertThat(found.median()).isEqualTo(1300);
          assertThat(found.expect()).isEmpty();
        });
    assertThat(predictor.predict("gpt-3.5-turbo", Map.of("hardware", "V100")))
        .hasValueSatisfying(found -> {
          assertThat(found.median()).isEqualTo(150);
          assertThat(found.expect()).contains(150.0);
          assertThat(found.error()).contains(25.0);
        });
  }

  @Test
  void prefersTheRecordThatAgreesWithMost() throws IOException {
    LookupPredictor predictor = predictor(TABLE);

    assertThat(predictor.predict("gpt-3.5-turbo").orElseThrow().median()).isEqualTo(1300);
    assertThat(
            predictor
                .predict("gpt-3.5-turbo", Map.of("model_name", "turbo", "input_tokens", 100))
                .orElseThrow()
                .median())
        .isEqualTo(150);
    assertThat(predictor.predict("gpt-3.5-turbo", Map.of("hardware", "H100"))).isEmpty();
    assertThat(predictor.predict("unknown")).isEmpty();
  }

  @Test
  void counts() throws IOException {
    assertThat(predictor(TABLE).getStats())
        .isEqualTo(new LookupPredictor.Stats(5, 2, List.of("gpt-3.5-turbo")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[", "not json", "null"})
  void takesABrokenFileForAnEmptyTable(String content) throws IOException {
    assertThat(predictor(content).getStats()).isEqualTo(new LookupPredictor.Stats(0, 0, List.of()));
  }

  @Test
  void takesAMissingFileForAnEmptyTable() {
    assertThat(new LookupPredictor("/does/not/exist.json").predict("m")).isEmpty();
  }

  private LookupPredictor predictor(String content) throws IOException {
    return new LookupPredictor(Files.writeString(directory.resolve("table.json"), content));
  }
}
