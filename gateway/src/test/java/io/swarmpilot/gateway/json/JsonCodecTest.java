package io.swarmpilot.gateway.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.swarmpilot.proto.common.v1.JsonValue;
import io.swarmpilot.proto.predictor.v1.PredictBatchRequest;
import io.swarmpilot.proto.predictor.v1.PredictResponse;
import io.swarmpilot.proto.predictor.v1.PredictSingleRequest;
import io.swarmpilot.proto.scheduler.v1.ListInstancesResponse;
import io.swarmpilot.proto.scheduler.v1.RegisterInstanceRequest;
import io.swarmpilot.proto.scheduler.v1.SubmitTaskRequest;
import io.swarmpilot.proto.scheduler.v1.SubmitTasksRequest;
import io.swarmpilot.proto.scheduler.v1.Task;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonCodecTest {
  @Test
  void printsEveryFieldOnceNullsAndDefaultsIncluded() {
    assertThat(json(JsonCodec.toJson(Task.newBuilder().setTaskId("t").setAttempt(1).build())))
        .isEqualTo(
            """
            {"task_id":"t","task_status":"","scheduled_ti":"","submit_time":0.0,"result":null,\
            "model_name":"","success":null,"error":null,"completion_time":null,"attempt":1,\
            "strategy":"","wait_time_ms":null,"execution_time_ms":null,"total_time_ms":null,\
            "predicted_ms":null,"predicted_error_ms":null,"prediction_method":"",\
            "replica_id":null,"priority":"","slo_deadline_ms":null,"user_id":"","demoted":false,\
            "slo_met":null,"prediction_fallback":false,"strategy_fallback":false,\
            "error_class":null,"output":null}\
            """);
  }

  @Test
  void printsListsThatAreDocumentedAsNullableAsNullWhenEmpty() {
    assertThat(json(JsonCodec.toJson(PredictResponse.getDefaultInstance())))
        .contains("\"quantiles\":null", "\"quantile_predictions\":null");
    assertThat(json(JsonCodec.toJson(PredictResponse.newBuilder().addQuantiles(0.5).build())))
        .contains("\"quantiles\":[0.5]");
    assertThat(json(JsonCodec.toJson(ListInstancesResponse.getDefaultInstance())))
        .isEqualTo("{\"status\":\"\",\"instances\":[]}");
  }

  @ParameterizedTest
  @CsvSource({
    "1697123456.789, 1697123456.789",
    "1500, 1500.0",
    "0, 0.0",
    "-0.0, -0.0",
    "0.1, 0.1",
    "12345678.5, 12345678.5",
    "9999999999999998, 9999999999999998.0",
    "1e16, 1.0E16",
    "0.000001, 0.000001",
    "1.5e-7, 1.5E-7",
    "-123456789.25, -123456789.25",
    "1e15, 1000000000000000.0"
  })
  void printsDoublesPlainAndShort(double value, String text) {
    Task task = Task.newBuilder().setSubmitTime(value).build();
    assertThat(json(JsonCodec.toJson(task))).contains("\"submit_time\":" + text + ",");
    assertThat(Double.parseDouble(text)).isEqualTo(value);
  }

  @Test
  void neverPrintsANumberThatJsonDoesNotHave() {
    for (double value : List.of(Double.NaN, Double.POSITIVE_INFINITY)) {
      assertThat(json(JsonCodec.toJson(Task.newBuilder().setSubmitTime(value).build())))
          .contains("\"submit_time\":null,");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"b\":9007199254740993,\"a\":100,\"c\":1.0}",
        "{ \"spaced\" : [ 1 , 2.50 ,\n true ] }",
        "{\"u\":\"\\u00e9 é 🚀 \\ud83d\\ude80\"}",
        "\"text with \\\" and \\\\\"",
        "\"\"",
        "12345678901234567890123.4567890E+400",
        "-0",
        "true",
        "false",
        "[]",
        "{}",
        "[null]"
      })
  void opaqueJsonSurvivesByteForByte(String opaque) throws InvalidProtocolBufferException {
    for (String spaces : List.of("", " ", "\n\t ")) {
      String body =
          "{\"model_name\":\"m\",\"task_input\":"
              + spaces
              + opaque
              + spaces
              + ",\"metadata\":"
              + opaque
              + "}";
      SubmitTaskRequest read = submit(body);
      assertThat(read.getTaskInput().getJson()).isEqualTo(opaque);
      assertThat(read.getMetadata().getJson()).isEqualTo(opaque);
      assertThat(json(JsonCodec.toJson(read)))
          .contains("\"task_input\":" + opaque + ",\"metadata\":" + opaque + ",");
    }
  }

  @Test
  void opaqueJsonSurvivesAByteOrderMarkAndLists() throws InvalidProtocolBufferException {
    assertThat(
            submit("\ufeff{\"model_name\":\"m\",\"task_input\":{\"a\": 1}}")
                .getTaskInput()
                .getJson())
        .isEqualTo("{\"a\": 1}");
    PredictBatchRequest batch =
        (PredictBatchRequest)
            JsonCodec.fromJson(
                utf8(
                    """
                    {"model_type":"a","model_name":"b","hardware":"c","software_name":"d",
                     "software_version":"e","confidence_level":0.9,
                     "trace":[ {"x": 1.0} ,null, 7,"s",[ ] ]}\
                    """),
                PredictBatchRequest.getDefaultInstance());
    assertThat(batch.getTraceList())
        .extracting(JsonValue::getJson)
        .containsExactly("{\"x\": 1.0}", "null", "7", "\"s\"", "[ ]");
  }

  @Test
  void opaqueJsonGivenAsATreeIsWrittenOut() {
    Value tree =
        Value.newBuilder()
            .setStructValue(
                Struct.newBuilder().putFields("n", Value.newBuilder().setNumberValue(3).build()))
            .build();
    Task task = Task.newBuilder().setResult(JsonValue.newBuilder().setValue(tree)).build();
    assertThat(json(JsonCodec.toJson(task))).contains("\"result\":{\"n\":3},");
  }

  @ParameterizedTest
  @CsvSource({"81, 81", "\"81\", 81", "81.0, 81", "\" 81.0 \", 81", "8.1e1, 81", "true, 1"})
  void takesIntegersLeniently(String given, int port) throws InvalidProtocolBufferException {
    byte[] wire =
        read(RegisterInstanceRequest.getDescriptor(), "{\"host\":\"h\",\"port\":" + given + "}");
    assertThat(RegisterInstanceRequest.parseFrom(wire).getPort()).isEqualTo(port);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      value = {
        "81.5, int_from_float",
        "'\"x\"', int_parsing",
        "'\"81.5\"', int_parsing",
        "'\"\"', int_parsing",
        "[], int_type",
        "{}, int_type",
        "3000000000, less_than_equal",
        "-3000000000, greater_than_equal",
        "99999999999999999999999999, less_than_equal",
        "1e999, finite_number",
        "1e30, less_than_equal"
      })
  void refusesWhatIsNoInteger(String given, String type) {
    assertThat(rejected("{\"host\":\"h\",\"port\":" + given + "}"))
        .extracting(JsonViolation::path, JsonViolation::type)
        .containsExactly(tuple(List.of("port"), type));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      value = {
        "confidence_level, '\"x\"', float_parsing",
        "confidence_level, 1e999, finite_number",
        "confidence_level, '\"NaN\"', finite_number",
        "confidence_level, '\"-inf\"', finite_number",
        "confidence_level, [1], float_type",
        "lookup_table, '\"maybe\"', bool_parsing",
        "lookup_table, 2, bool_parsing",
        "lookup_table, {}, bool_type",
        "lookup_table_name, 5, string_type",
        "lookup_table_name, '\"\\ud800\"', string_unicode",
        "trace, 5, list_type"
      })
  void namesWhatDoesNotFit(String field, String given, String type) {
    Set<String> others =
        Set.of(
            "model_type",
            "model_name",
            "hardware",
            "software_name",
            "software_version",
            "confidence_level",
            "trace");
    Set<String> elsewhere = new HashSet<>(others);
    elsewhere.remove(field);
    JsonRejectedException rejected =
        catchThrowableOfType(
            JsonRejectedException.class,
            () ->
                JsonCodec.of(PredictBatchRequest.getDescriptor())
                    .toWire(utf8("{\"" + field + "\":" + given + "}"), elsewhere));
    assertThat(rejected.violations())
        .extracting(JsonViolation::path, JsonViolation::type)
        .containsExactly(tuple(List.of(field), type));
  }

  @Test
  void collectsEverythingThatIsWrong() {
    JsonRejectedException rejected =
        catchThrowableOfType(
            JsonRejectedException.class,
            () ->
                read(
                    SubmitTasksRequest.getDescriptor(),
                    """
                    {"model_name": 5, "ignored": [{}], "tasks": [
                      {"task_input": {}, "task_id": true}, 7, {"metadata": {"deep": [1]}}]}\
                    """));
    assertThat(rejected.violations())
        .extracting(JsonViolation::path, JsonViolation::type)
        .containsExactly(
            tuple(List.of("model_name"), "string_type"),
            tuple(List.of("tasks", 0, "task_id"), "string_type"),
            tuple(List.of("tasks", 1), "model_attributes_type"),
            tuple(List.of("tasks", 2, "task_input"), "missing"));
  }

  @Test
  void toleratesUnknownNamesNullsCamelCaseAndRepetition() throws InvalidProtocolBufferException {
    SubmitTaskRequest read =
        submit(
            """
            {"unknown":{"a":[1,{"b":2}]},"modelName":"first","task_input":{"n":1},
             "task_id":"gone","task_id":null,"metadata":null,"task_input":{"n":2},
             "model_name":"last"}\
            """);
    assertThat(read)
        .isEqualTo(
            SubmitTaskRequest.newBuilder()
                .setModelName("last")
                .setTaskInput(JsonValue.newBuilder().setJson("{\"n\":2}"))
                .build());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{", "{\"host\":}", "{\"host\":\"h\",\"port\":81} x", "{} {}", "{\"port\":NaN}",
        "{\"port\":Infinity}", "{'host':1}", "{\"a\":\"\u0001\"}", "{\"unknown\":tru}", "{\"a\":01}"
      })
  void refusesMalformedJson(String body) {
    assertThat(rejected(body)).extracting(JsonViolation::type).containsExactly("json_invalid");
    assertThat(rejected(body).getFirst().message()).doesNotContain("`", "Source", "StreamRead");
  }

  @Test
  void refusesOtherEncodingsAndBrokenOnes() {
    byte[] broken = utf8("{\"host\":\"?\",\"port\":1}");
    broken[9] = (byte) 0xC0;
    for (byte[] body :
        List.of(
            "{\"host\":\"h\",\"port\":1}".getBytes(StandardCharsets.UTF_16BE),
            "{\"host\":\"h\",\"port\":1}".getBytes(StandardCharsets.UTF_16LE),
            broken)) {
      assertThatThrownBy(
              () -> JsonCodec.of(RegisterInstanceRequest.getDescriptor()).toWire(body, Set.of()))
          .isInstanceOf(JsonRejectedException.class)
          .hasMessageContaining("UTF-8");
    }
  }

  @Test
  void refusesWhatIsNestedTooDeep() {
    String deep = "[".repeat(20_000) + "]".repeat(20_000);
    for (String body : List.of(deep, "{\"unknown\":" + deep + "}", "{\"host\":" + deep + "}")) {
      assertThat(rejected(body)).extracting(JsonViolation::type).containsExactly("json_invalid");
      assertThat(rejected(body).getFirst().message()).contains("depth").doesNotContain("`");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "5", "\"x\"", "true"})
  void wantsAnObject(String body) {
    assertThat(rejected(body))
        .extracting(JsonViolation::type)
        .containsExactly("model_attributes_type");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  \n", "{}", "null"})
  void takesNothingForAnEmptyObject(String body) {
    assertThat(rejected(body))
        .extracting(JsonViolation::path, JsonViolation::type)
        .containsExactly(tuple(List.of("host"), "missing"), tuple(List.of("port"), "missing"));
  }

  @Test
  void survivesRandomBytes() {
    String alphabet = "{}[]\",:0123456789.eE+-tfn\\u \n";
    for (int seed = 0; seed < 20_000; seed++) {
      Random random = new Random(seed);
      byte[] bytes = new byte[random.nextInt(60)];
      if (random.nextBoolean()) {
        random.nextBytes(bytes);
      } else {
        for (int i = 0; i < bytes.length; i++) {
          bytes[i] = (byte) alphabet.charAt(random.nextInt(alphabet.length()));
        }
      }
      survive(seed, bytes);
    }
  }

  @Test
  void survivesDamagedRequests() {
    byte[] whole =
        utf8(
            """
            {"model_type":"a","model_name":"b","hardware":"c","software_name":"d",
             "software_version":"e","confidence_level":0.9,"trace":{"x":[1,"é"]}}\
            """);
    for (int seed = 0; seed < 5_000; seed++) {
      Random random = new Random(seed);
      byte[] bytes = whole.clone();
      for (int i = random.nextInt(4); i >= 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      survive(seed, bytes);
    }
  }

  /// Reading ends with a message that protobuf accepts or with a rejection, and writing with JSON
  /// or a rejection, whatever the bytes.
  private static void survive(int seed, byte[] bytes) {
    JsonCodec requests = JsonCodec.of(PredictSingleRequest.getDescriptor());
    try {
      assertThat(PredictSingleRequest.parseFrom(requests.toWire(bytes, Set.of())).isInitialized())
          .isTrue();
    } catch (JsonRejectedException e) {
      assertThat(e.violations()).as("seed %d", seed).isNotEmpty();
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError("seed " + seed, e);
    }
    for (Descriptor type : List.of(Task.getDescriptor(), Samples.EVERYTHING)) {
      try {
        assertThat(JsonCodec.of(type).toJson(bytes)).as("seed %d", seed).startsWith('{');
      } catch (MalformedWireException e) {
        assertThat(e).as("seed %d", seed).hasMessageNotContaining("null");
      }
    }
  }

  private static SubmitTaskRequest submit(String body) throws InvalidProtocolBufferException {
    return SubmitTaskRequest.parseFrom(read(SubmitTaskRequest.getDescriptor(), body));
  }

  private static List<JsonViolation> rejected(String body) {
    return catchThrowableOfType(
            JsonRejectedException.class, () -> read(RegisterInstanceRequest.getDescriptor(), body))
        .violations();
  }

  private static byte[] read(Descriptor type, String body) {
    return JsonCodec.of(type).toWire(utf8(body), Set.of());
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String json(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
