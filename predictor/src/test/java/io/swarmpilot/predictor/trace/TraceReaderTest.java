package io.swarmpilot.predictor.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.swarmpilot.predictor.model.ModelIdentity;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceReaderTest {
  @Test
  void readsTheDocumentedMetadata() throws TraceException {
    Trace trace =
        TraceReader.read(
            """
            {
              "model_name": "gpt-3.5-turbo-0613", "hardware": "A100", "software_name": "vllm",
              "software_version": "0.2.0", "input_tokens": 100, "output_tokens": 50, "batch_size": 1
            }
            """,
            "metadata");

    assertThat(trace.identityOf("gpt-3.5-turbo"))
        .isEqualTo(
            new ModelIdentity("gpt-3.5-turbo", "gpt-3.5-turbo-0613", "A100", "vllm", "0.2.0"));
    assertThat(trace.features().values())
        .isEqualTo(Map.of("input_tokens", 100.0, "output_tokens", 50.0, "batch_size", 1.0));
  }

  @Test
  void readsInputFeaturesAsAnObjectOrAsAList() throws TraceException {
    String object =
        """
        {"input_feature": {"input_tokens": 100, "language": "en"}, "model_id": "m", "id": 7}
        """;
    String list =
        """
        {"id": 7, "input_feature": [{"param_name": "input_tokens", "val": 100},
         {"val": "en", "param_name": "language"}], "hardware_info": {"x": 1}, "duration_ms": 12}
        """;

    assertThat(TraceReader.read(object, "t").features().values())
        .isEqualTo(Map.of("input_tokens", 100.0));
    assertThat(TraceReader.read(list, "t").features().values())
        .isEqualTo(Map.of("input_tokens", 100.0));
  }

  @Test
  void passesOverWhatIsNoFeature() throws TraceException {
    Trace trace =
        TraceReader.read(
            """
            {"user_id": "123", "nested": {"n": 1}, "list": [1, 2], "flag": true, "none": null,
             "server_time_cost": 5, "is_warmup": 1, "confidence_level": 0.9, "lookup_table": 1,
             "lookup_table_name": "x", "duration_ms": 3, "runtime_ms": 4, "hardware": null,
             "software_version": 2, "pixel_num": 640}
            """,
            "t");

    assertThat(trace.features().values()).isEqualTo(Map.of("pixel_num", 640.0));
    assertThat(trace.identity()).isEqualTo(Map.of("software_version", "2"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"n\": 1e999}                                | t.n                          | finite",
        "{\"n\": -1e999}                               | t.n                          | finite",
        "{\"input_feature\": {\"n\": 1e999}}           | t.input_feature.n            | finite",
        "{\"input_feature\": [{\"param_name\": \"n\", \"val\": 1e999}]} | t.input_feature[0].val | finite",
        "{\"input_feature\": [7]}                      | t.input_feature[0]           | object",
        "{\"input_feature\": [{\"val\": 7}]}           | t.input_feature[0].param_name | required",
        "{\"hardware\": [\"A100\"]}                    | t.hardware                   | text",
        "[1, 2]                                        | t                            | object",
        "{\"n\": NaN}                                  | t                            | JSON",
        "{\"n\": 1                                     | t                            | JSON",
        "{\"n\": 1} {}                                 | t                            | nothing more",
        "{\"input_feature\": [                         | t                            | JSON",
        "``                                            | t                            | object",
      })
  void namesWhatIsWrong(String text, String field, String message) {
    TraceException refusal =
        catchThrowableOfType(TraceException.class, () -> TraceReader.read(text, "t"));

    assertThat(refusal.field()).isEqualTo(field);
    assertThat(refusal.message()).contains(message);
  }

  @Test
  void boundsTheNumberOfFeaturesAndTheLengthOfNames() {
    String many =
        IntStream.range(0, 65)
            .mapToObj(i -> "\"n" + i + "\": " + i)
            .collect(Collectors.joining(",", "{", "}"));
    String longName = "{\"hardware\": \"" + "x".repeat(257) + "\"}";

    assertThat(
            catchThrowableOfType(TraceException.class, () -> TraceReader.read(many, "t")).message())
        .contains("at most 64");
    assertThat(
            catchThrowableOfType(TraceException.class, () -> TraceReader.read(longName, "t"))
                .field())
        .isEqualTo("t.hardware");
  }

  @Test
  void refusesNestingBeyondTheBoundInsteadOfOverflowing() {
    String deep = "{\"a\":" + "[".repeat(20_000) + "]".repeat(20_000) + "}";

    assertThat(
            catchThrowableOfType(TraceException.class, () -> TraceReader.read(deep, "t")).message())
        .contains("JSON");
  }
}
