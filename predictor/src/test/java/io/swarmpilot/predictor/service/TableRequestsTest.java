package io.swarmpilot.predictor.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.swarmpilot.proto.predictor.v1.GetHealthRequest;
import io.swarmpilot.proto.predictor.v1.PredictSingleRequest;
import io.swarmpilot.proto.predictor.v1.PredictSingleResponse;
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
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableRequestsTest {
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

  @ParameterizedTest
  @ValueSource(strings = {"json", "csv", ""})
  void makesATableThatIsUsableAtOnceByNameAndByPath(String format) {
    learn();
    PredictTableResponse made =
        make("[{\"input_tokens\": 100}, {\"input_tokens\": 900, \"b\": 2}]", format);
    String extension = format.isEmpty() ? "json" : format;
    String name = "gpt-3.5__turbo__A100__vllm-0.1.0_lookup." + extension;

    assertThat(made.getMessage()).isEmpty();
    assertThat(made.getStatus()).isEqualTo("successful");
    assertThat(Path.of(made.getPath())).isEqualTo(directory.toAbsolutePath().resolve(name));
    for (String given : List.of(name, made.getPath())) {
      PredictSingleResponse looked = look(given, "{\"input_tokens\": 890}");
      assertThat(looked.getResults().getStatus()).isEqualTo("success");
      assertThat(looked.getResults().getPredictionMethod()).isEqualTo("lookup");
      assertThat(looked.getResults().getConfidence()).isEqualTo(1);
      assertThat(looked.getResults().getQuantilesList())
          .containsExactly(0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975);
    }
  }

  @Test
  void holdsWhatWouldBePredictedForEachTask() {
    learn();
    make("{\"input_tokens\": 100}\n{\"input_tokens\": 900}\n", "json");

    for (int tokens : List.of(100, 900)) {
      String trace = "{\"input_tokens\": " + tokens + "}";
      PredictSingleResponse direct =
          predictor
              .stub()
              .predictSingle(
                  PredictorHarness.single()
                      .setModelType("gpt-3.5")
                      .setTrace(JsonValues.of(trace))
                      .build());
      PredictSingleResponse looked = look("gpt-3.5__turbo__A100__vllm-0.1.0_lookup.json", trace);
      assertThat(looked.getResults().getExpect()).isEqualTo(direct.getResults().getExpect());
      assertThat(looked.getResults().getError()).isEqualTo(direct.getResults().getError());
      assertThat(looked.getResults().getQuantilePredictionsList().subList(1, 6))
          .isEqualTo(direct.getResults().getQuantilePredictionsList());
    }
  }

  @Test
  void replacesATableOfTheSameName() throws IOException {
    learn();
    PredictTableResponse first = make("[{\"input_tokens\": 100}]", "json");
    look(first.getPath(), "{}");
    make("[{\"input_tokens\": 1}, {\"input_tokens\": 2}]", "json");

    assertThat(Files.readString(Path.of(first.getPath()))).contains("\"input_tokens\":2.0");
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .noneMatch(file -> file.contains("unfinished"))
          .filteredOn(file -> file.contains("_lookup"))
          .hasSize(1);
    }
  }

  @Test
  void isTheDefaultTableOnceItIsMade() throws IOException {
    predictor.close();
    predictor = PredictorHarness.start(directory, "gpt-3.5__turbo__A100__vllm-0.1.0_lookup.json");
    learn();
    PredictSingleRequest byDefault = PredictorHarness.single().setLookupTable(true).build();
    assertThat(predictor.stub().predictSingle(byDefault).getResults().getStatus())
        .isEqualTo("error");

    make("[{\"input_tokens\": 100}]", "json");

    assertThat(predictor.stub().predictSingle(byDefault).getResults().getStatus())
        .isEqualTo("success");
    assertThat(predictor.stub().getHealth(GetHealthRequest.getDefaultInstance()).getMode())
        .isEqualTo("lookup_table");
  }

  @Test
  void isMadeByATrainedModel() {
    String rows =
        IntStream.range(0, 200)
            .mapToObj(i -> "%d,%d".formatted(i * 5, 40 + i * 5 + i % 7))
            .collect(Collectors.joining("\n", "input_tokens,runtime_ms\n", "\n"));
    TrainResponse trained =
        predictor
            .stub()
            .train(
                TrainRequest.newBuilder()
                    .setConfig(
                        JsonValues.of("{\"model_type\": \"gpt-3.5\", \"hardware\": \"A100\"}"))
                    .setTraceFile(ByteString.copyFromUtf8(rows))
                    .build());
    assertThat(trained.getStatus()).isEqualTo("success");

    PredictTableResponse made = make("[{\"input_tokens\": 100}, {\"input_tokens\": 800}]", "json");

    assertThat(look(made.getPath(), "{\"input_tokens\": 100}").getResults().getExpect())
        .isBetween(110.0, 180.0);
    assertThat(look(made.getPath(), "{\"input_tokens\": 800}").getResults().getExpect())
        .isBetween(750.0, 930.0);
  }

  @Test
  void saysWhyItCannotMakeOne() {
    assertFailed("[{\"a\": 1}]", "json", "No prediction data available for model type: gpt-3.5");
    learn();
    assertFailed("[]", "json", "trace_file: holds no traces");
    assertFailed("[{\"a\": 1}, {\"a\": NaN}]", "json", "trace_file[1].a: must be a finite number");
    assertFailed("[{\"a\": 1}, 7]", "json", "trace_file[1]: must be a JSON object");
    assertFailed("[{\"a\": 1}", "json", "trace_file: is malformed at line 1");
    assertFailed(
        "[{\"p50\": 1}]",
        "csv",
        "a CSV table cannot have a feature called p50: ask for format json");
    assertThat(directory.resolve("gpt-3.5__turbo__A100__vllm-0.1.0_lookup.json")).doesNotExist();
  }

  @Test
  void keepsTheNameInTheDirectory() {
    PredictTableRequest.Builder request = table("[{\"input_tokens\": 1}]").setModelType("../x/%2F");
    predictor.report("../x/%2F", "A100", Map.of("input_tokens", 5.0), 20, 30);

    PredictTableResponse made = predictor.stub().predictTable(request.build());

    assertThat(Path.of(made.getPath()).getParent()).isEqualTo(directory.toAbsolutePath());
    assertThat(Path.of(made.getPath())).exists();
  }

  @Test
  void makingATableNeedsTracesAndSensibleSettings() {
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

  private void assertFailed(String traces, String format, String message) {
    assertThat(make(traces, format))
        .isEqualTo(
            PredictTableResponse.newBuilder().setStatus("failed").setMessage(message).build());
  }

  /// Executions enough that predictions depend on the tokens.
  private void learn() {
    for (int tokens = 50; tokens <= 1_000; tokens += 50) {
      predictor.report(
          "gpt-3.5", "A100", Map.of("input_tokens", (double) tokens), 20 + 0.5 * tokens, 3);
    }
  }

  private PredictSingleResponse look(String table, String trace) {
    return predictor
        .stub()
        .predictSingle(
            PredictorHarness.single()
                .setTrace(JsonValues.of(trace))
                .setLookupTable(true)
                .setLookupTableName(table)
                .build());
  }

  private PredictTableResponse make(String traces, String format) {
    return predictor.stub().predictTable(table(traces).setFormat(format).build());
  }

  private static PredictTableRequest.Builder table() {
    return table("[{}]");
  }

  private static PredictTableRequest.Builder table(String traces) {
    return PredictTableRequest.newBuilder()
        .setModelType("gpt-3.5")
        .setModelName("turbo")
        .setHardware("A100")
        .setSoftwareName("vllm")
        .setSoftwareVersion("0.1.0")
        .setTraceFile(ByteString.copyFromUtf8(traces));
  }
}
