package io.swarmpilot.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmpilot.proto.predictor.v1.PredictTableRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Uploads, clashing paths, instances by uuid, streams.
@Timeout(30)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SpecialPathsTest {
  private static final String TABLE = "/predict/table/gpt/7b/A100/vllm/0.1.0";
  private static final String FORM = "multipart/form-data; boundary=XX";

  private TestMesh mesh;

  @BeforeAll
  void start() throws IOException {
    mesh = new TestMesh();
  }

  @AfterAll
  void stop() {
    mesh.close();
  }

  @Test
  void thePredictorsMetricsAreForPrometheus() throws Exception {
    HttpResponse<String> answer = mesh.get(mesh.predictor("/metrics"));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-type"))
        .contains("text/plain; version=0.0.4; charset=utf-8");
    String key = "model_key=\"m__any__\\\"A100\\\"__any-any\"";
    assertThat(answer.body().lines())
        .contains(
            "# TYPE swarmpilot_predictor_interval_coverage_ratio gauge",
            "swarmpilot_predictor_interval_coverage_ratio{level=\"0.9\"," + key + "} 0.91",
            "swarmpilot_predictor_pinball_loss_seconds{" + key + "} 0.0125",
            "swarmpilot_predictor_state{" + key + ",state=\"steady\"} 1.0",
            "swarmpilot_predictor_executions_total{" + key + "} 7.0",
            "swarmpilot_predictor_cache_hits_total 3.0");
    assertThat(mesh.get(mesh.all("/metrics")).statusCode())
        .as("where all share a port it would be anybody's")
        .isEqualTo(404);
  }

  @Test
  void takesATraceFileWithItsFormFields() throws Exception {
    HttpResponse<String> answer =
        mesh.post(
            mesh.predictor(TABLE + "?confidence_level=0.5&format=csv"),
            form("trace_file\"; filename=\"t.json", "[{\"n\":1}]", "confidence_level", "0.9"),
            "content-type",
            FORM);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo("{\"status\":\"successful\",\"path\":\"t\",\"message\":null}");
    PredictTableRequest request = mesh.predictor.tables.take();
    assertThat(request.getTraceFile().toStringUtf8()).isEqualTo("[{\"n\":1}]");
    assertThat(request.getConfidenceLevel()).isEqualTo(0.9);
    assertThat(request.getFileName()).isEqualTo("t.json");
    assertThat(request.getFormat()).isEqualTo("csv");
    assertThat(request.getModelName()).isEqualTo("7b");
    assertThat(request.getSoftwareVersion()).isEqualTo("0.1.0");
  }

  @Test
  void theQueryCountsWhereTheFormIsSilent() throws Exception {
    mesh.predictor.tables.clear();
    mesh.post(
        mesh.predictor(TABLE + "?confidence_level=0.5"),
        form("trace_file", "x"),
        "content-type",
        FORM);
    assertThat(mesh.predictor.tables.take().getConfidenceLevel()).isEqualTo(0.5);
  }

  @Test
  void namesWhatIsWrongWithAForm() throws Exception {
    HttpResponse<String> missing =
        mesh.post(mesh.predictor(TABLE), form("other", "x"), "content-type", FORM);
    assertThat(missing.statusCode()).isEqualTo(422);
    assertThat(missing.body()).contains("\"loc\":[\"body\",\"trace_file\"]", "\"missing\"");
    HttpResponse<String> query =
        mesh.post(
            mesh.predictor(TABLE + "?confidence_level=x"),
            form("trace_file", "x"),
            "content-type",
            FORM);
    assertThat(query.statusCode()).isEqualTo(422);
    assertThat(query.body()).contains("\"loc\":[\"query\",\"confidence_level\"]");
    for (String type : new String[] {FORM, "multipart/form-data"}) {
      HttpResponse<String> garbage =
          mesh.post(mesh.predictor(TABLE), "garbage", "content-type", type);
      assertThat(garbage.statusCode()).as(type).isEqualTo(422);
    }
  }

  @Test
  void takesJsonOnTheSamePaths() throws Exception {
    mesh.predictor.tables.clear();
    HttpResponse<String> answer =
        mesh.post(mesh.predictor(TABLE), "{\"trace_file\":\"eA==\",\"confidence_level\":1}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(mesh.predictor.tables.take().getTraceFile().toStringUtf8()).isEqualTo("x");
    assertThat(mesh.post(mesh.predictor("/train"), "{\"config\":{\"a\": 1.0}}").body())
        .contains("\"message\":\"{\\\"a\\\": 1.0}\"");
    assertThat(mesh.get(mesh.predictor("/train")).statusCode()).isEqualTo(405);
  }

  @ParameterizedTest
  @ValueSource(strings = {"config", "config\"; filename=\"c.json"})
  void takesATrainingConfigAsFileOrField(String name) throws Exception {
    HttpResponse<String> answer =
        mesh.post(mesh.predictor("/train"), form(name, "{\"n\": 1.0}"), "content-type", FORM);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).contains("\"message\":\"{\\\"n\\\": 1.0}\"");
    HttpResponse<String> broken =
        mesh.post(mesh.predictor("/train"), form(name, "1, \"x\": 2"), "content-type", FORM);
    assertThat(broken.statusCode()).isEqualTo(422);
    assertThat(broken.body()).contains("\"loc\":[\"body\",\"config\"]", "json_invalid");
  }

  @Test
  void takesTheSamplesOfATrainingAsAFileBesideItsConfig() throws Exception {
    HttpResponse<String> answer =
        mesh.post(
            mesh.predictor("/train"),
            form("config", "{\"n\": 1}", "trace_file\"; filename=\"t.csv", "x,runtime_ms"),
            "content-type",
            FORM);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).contains("{\\\"n\\\": 1}x,runtime_mst.csv");
  }

  @ParameterizedTest
  @CsvSource({"predictor, predictor", "scheduler, scheduler", "task-instance, taskinstance"})
  void theSharedPortAnswersHealthOfWhomItIsAsked(String asked, String service) throws Exception {
    assertThat(mesh.get(mesh.all("/health"), "x-service", asked).body())
        .contains("\"service\":\"" + service + "\"");
  }

  @Test
  void theSharedPortHasOwnersOfClashingPaths() throws Exception {
    assertThat(mesh.get(mesh.all("/health")).body()).contains("\"service\":\"predictor\"");
    assertThat(mesh.get(mesh.all("/health"), "x-service", "nobody").statusCode()).isEqualTo(404);
    assertThat(mesh.get(mesh.all("/status")).body()).contains("\"task-instance-1\"");
    assertThat(mesh.get(mesh.all("/queue/info")).statusCode()).isEqualTo(200);
    assertThat(mesh.get(mesh.all("/results")).statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({"uuid-1, task-instance-1", "uuid-2, task-instance-2", "uuid-3, task-instance-3"})
  void instancesAnswerByTheirUuid(String uuid, String name) throws Exception {
    assertThat(mesh.get(mesh.all("/instances/" + uuid + "/status")).body())
        .contains("\"instance_id\":\"" + name + "\"");
    assertThat(mesh.get(mesh.all("/instances/" + uuid + "/results/t-9/")).body())
        .contains("\"task_id\":\"t-9\"");
    assertThat(mesh.get(mesh.all("/instances/" + uuid + "/results")).body()).isEqualTo("[]");
  }

  @Test
  void unknownInstancesAreTold() throws Exception {
    HttpResponse<String> answer = mesh.get(mesh.all("/instances/nope/status"));
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("\"detail\":\"TaskInstance nope not found\"");
    assertThat(mesh.get(mesh.all("/instances/uuid-1/nope")).statusCode()).isEqualTo(404);
    assertThat(mesh.get(mesh.all("/instances")).body()).contains("\"uuid-3\"");
  }

  @Test
  void streamsServerSentEvents() throws Exception {
    HttpResponse<String> answer =
        mesh.get(
            mesh.scheduler("/task/events?task_ids=2&task_ids=end"), "accept", "text/event-stream");
    assertThat(answer.headers().firstValue("content-type")).hasValue("text/event-stream");
    String[] events = answer.body().split("\n\n");
    assertThat(events).hasSize(2);
    assertThat(events[1])
        .startsWith("event: task_completed\ndata: {\"event\":\"task_completed\",\"data\":{")
        .contains("\"task_id\":\"task-1\"", "\"result\":{\"lines\": 1}");
  }

  @Test
  void streamsLines() throws Exception {
    HttpResponse<String> answer = mesh.get(mesh.scheduler("/task/events?task_ids=3"));
    assertThat(answer.headers().firstValue("content-type")).hasValue("application/x-ndjson");
    assertThat(answer.body().lines())
        .hasSize(3)
        .allMatch(line -> line.startsWith("{\"event\":\"task_completed\",") && line.endsWith("}"));
  }

  @Test
  void aStreamThatFailsSaysSo() throws Exception {
    HttpResponse<String> events =
        mesh.get(
            mesh.scheduler("/task/events?task_ids=1&task_ids=fail"), "accept", "text/event-stream");
    assertThat(events.statusCode()).isEqualTo(200);
    assertThat(events.body())
        .contains("event: error\ndata: {\"detail\":\"The service is shutting down\"");
    HttpResponse<String> early = mesh.get(mesh.scheduler("/task/events?task_ids=0&task_ids=fail"));
    assertThat(early.statusCode()).isEqualTo(503);
    assertThat(early.body()).contains("\"reason\":\"DRAINING\"");
  }

  @Test
  void aReaderThatLeavesCancelsItsStream() throws Exception {
    try (TestMesh own = new TestMesh()) {
      HttpResponse<InputStream> answer =
          own.http.send(
              HttpRequest.newBuilder(
                      URI.create(own.scheduler("/task/events?task_ids=1&task_ids=stay")))
                  .version(java.net.http.HttpClient.Version.HTTP_1_1)
                  .build(),
              BodyHandlers.ofInputStream());
      try (BufferedReader lines =
          new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
        assertThat(lines.readLine()).contains("task-0");
      }
      assertThat(own.scheduler.cancelled.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void aSlowReaderSlowsTheStream() throws Exception {
    HttpResponse<String> answer = mesh.get(mesh.scheduler("/task/events?task_ids=20000"));
    assertThat(answer.body().lines()).hasSize(20_000);
  }

  /// A form of parts, name and content in turn; a name may bring its file name.
  private static String form(String... parts) {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < parts.length; i += 2) {
      body.append("--XX\r\nContent-Disposition: form-data; name=\"")
          .append(parts[i])
          .append("\"\r\n\r\n")
          .append(parts[i + 1])
          .append("\r\n");
    }
    return body + "--XX--\r\n";
  }
}
