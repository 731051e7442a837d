package io.swarmpilot.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The wire rules for REST, through a real gateway.
@Timeout(30)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestTest {
  private static final String TASK = "{\"model_name\":\"m\",\"task_input\":{}}";

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
  void rule1EveryKeyIsThere() throws Exception {
    HttpResponse<String> answer = mesh.get(mesh.instance(0, "/status"));
    assertThat(answer.body())
        .isEqualTo(
            """
            {"instance_id":"task-instance-1","model_type":null,"replicas_running":0,\
            "queue_size":0,"status":"idle","backend":"","hardware":"","software_name":"",\
            "software_version":"","slots":0,"grpc_address":"","incarnation":"","replicas":[],\
            "gpus":0,"load":null,"machine":null,"gpu_devices":[]}\
            """);
    assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
  }

  @Test
  void rule1AnswersAreTheFieldThatIsDocumented() throws Exception {
    assertThat(mesh.get(mesh.instance(0, "/results")).body()).isEqualTo("[]");
    assertThat(mesh.get(mesh.instance(0, "/results/t-1")).body())
        .startsWith("{\"task_id\":\"t-1\",\"result\":null,\"status\":\"completed\"");
  }

  @Test
  void rule2NumbersArePlain() throws Exception {
    assertThat(mesh.get(mesh.scheduler("/task/query?task_id=t")).body())
        .contains("\"submit_time\":1697123456.789,", "\"attempt\":0,");
  }

  @Test
  void rule3OpaqueJsonPassesUntouched() throws Exception {
    String opaque = "{\"z\":9007199254740993, \"a\":[100,1.0,1e-7],\n\"é\":\"\\u00e9🚀\"}";
    mesh.scheduler.submitted.clear();
    mesh.scheduler.checked.clear();
    mesh.post(
        mesh.scheduler("/queue/submit"),
        "{\"model_name\":\"m\",\"task_input\": " + opaque + " ,\"metadata\":" + opaque + "}",
        "x-swarmpilot-json",
        "forged");
    io.swarmpilot.proto.scheduler.v1.SubmitTaskRequest request = mesh.scheduler.submitted.take();
    assertThat(request.getTaskInput().getJson()).isEqualTo(opaque);
    assertThat(request.getMetadata().getJson()).isEqualTo(opaque);
    assertThat(mesh.scheduler.checked.take()).isTrue();
    assertThat(mesh.get(mesh.scheduler("/task/query?task_id=t")).body())
        .contains("\"result\":{\"n\": 9007199254740993,\n\"x\":1.0},");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"application/json", "application/x-www-form-urlencoded", "text/plain", "bogus"})
  void rule4AnyContentTypeIsRead(String type) throws Exception {
    HttpResponse<String> answer =
        mesh.post(mesh.scheduler("/queue/submit"), TASK, "content-type", type);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo(
            "{\"status\":\"success\",\"task_id\":\"task-1\",\"scheduled_ti\":\"uuid-1\","
                + "\"message\":\"OK\"}");
  }

  @Test
  void rule4NoContentTypeUnknownFieldsAndSlashes() throws Exception {
    String body = "{\"unknown\":{\"deep\":[1]}," + TASK.substring(1);
    assertThat(mesh.post(mesh.scheduler("/queue/submit/"), body).statusCode()).isEqualTo(200);
    assertThat(mesh.get(mesh.instance(0, "/results/t-1/")).statusCode()).isEqualTo(200);
    assertThat(mesh.get(mesh.instance(0, "/results/")).body()).isEqualTo("[]");
    assertThat(mesh.get(mesh.scheduler("/health/")).statusCode()).isEqualTo(200);
  }

  @Test
  void rule4QueriesAndBodiesAlike() throws Exception {
    String fromQuery = mesh.get(mesh.scheduler("/queue/info?model_name=a%20b&x=1")).body();
    String fromBody = mesh.post(mesh.scheduler("/queue/info"), "{\"model_name\":\"a b\"}").body();
    assertThat(fromQuery).contains("\"model_name\":\"a b\"").isEqualTo(fromBody);
    assertThat(mesh.post(mesh.scheduler("/queue/info"), "").statusCode()).isEqualTo(200);
    assertThat(mesh.post(mesh.scheduler("/queue/info?model_name=q"), "{}").body())
        .contains("\"model_name\":\"\"");
    assertThat(mesh.get(mesh.scheduler("/task/all_tasks?page_size=81")).body())
        .contains("\"total_tasks\":81,");
  }

  @Test
  void pathVariablesDecodeAndWinOverTheBody() throws Exception {
    HttpResponse<String> answer =
        mesh.post(
            mesh.predictor(
                "/predict/single/gpt-3.5/meta%2Fllama/A100%2040GB/v+llm/0.1.0?hardware=H100"),
            "{\"hardware\":7,\"model_name\":\"x\",\"trace\":{\"n\":1.0},\"confidence_level\":\"0.9\"}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body())
        .contains(
            "\"model_info\":{\"type\":\"gpt-3.5\",\"name\":\"meta/llama\",\"hardware\":\"A100 40GB\","
                + "\"software_name\":\"v+llm\",\"software_version\":\"0.1.0\"}",
            "\"message\":\"{\\\"n\\\":1.0}\"");
  }

  @Test
  void rule5InvalidFieldsAreListed() throws Exception {
    HttpResponse<String> answer =
        mesh.post(mesh.scheduler("/ti/register"), "{\"port\":\"x\",\"model_name\":1}");
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body())
        .isEqualTo(
            """
            {"detail":[{"loc":["body","port"],"msg":"Input should be a valid integer, unable to \
            parse string as an integer","type":"int_parsing"},\
            {"loc":["body","model_name"],"msg":"Input should be a valid string","type":"string_type"},\
            {"loc":["body","host"],"msg":"Field required","type":"missing"}]}\
            """);
  }

  @ParameterizedTest
  @CsvSource({
    "/task/query, missing, task_id",
    "/task/query?task_id=odd, value_error, task_id",
    "/task/all_tasks?page_size=abc, int_parsing, page_size",
    "/task/all_tasks?page_size=, int_parsing, page_size"
  })
  void rule5InvalidQueriesAreListed(String path, String type, String field) throws Exception {
    HttpResponse<String> answer = mesh.get(mesh.scheduler(path));
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body())
        .contains("\"loc\":[\"query\",\"" + field + "\"]", "\"type\":\"" + type + "\"");
  }

  @Test
  void rule5ViolationsOfTheServiceAreListedToo() throws Exception {
    HttpResponse<String> answer =
        mesh.post(mesh.scheduler("/queue/submit"), TASK.replace("\"m\"", "\"invalid\""));
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body())
        .isEqualTo(
            """
            {"detail":[{"loc":["body","task_input"],"msg":"Field required","type":"missing"},\
            {"loc":["body","metadata"],"msg":"no","type":"value_error"}]}\
            """);
    assertThat(
            mesh.post(
                    mesh.scheduler("/queue/submit_batch"),
                    "{\"model_name\":\"m\",\"tasks\":[{\"task_input\":{}}]}")
                .body())
        .contains("\"loc\":[\"body\",\"tasks\",2,\"task_input\"]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "{} x", "a=b&c=d", "[1", "{\"port\":NaN}"})
  void rule5MalformedJsonIs422(String body) throws Exception {
    HttpResponse<String> answer = mesh.post(mesh.scheduler("/ti/register"), body);
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("\"type\":\"json_invalid\"", "\"loc\":[\"body\",");
  }

  @Test
  void nestingOfTwentyThousandIsRefusedAndTheMeshGoesOn() throws Exception {
    String deep = "{\"a\":".repeat(20_000) + "1" + "}".repeat(20_000);
    HttpResponse<String> answer =
        mesh.post(
            mesh.scheduler("/queue/submit"), "{\"model_name\":\"m\",\"task_input\":" + deep + "}");
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(mesh.post(mesh.scheduler("/queue/submit"), TASK).statusCode()).isEqualTo(200);
  }

  @Test
  void rule5UnknownPathsAndMethods() throws Exception {
    HttpResponse<String> unknown = mesh.get(mesh.scheduler("/nope"));
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(unknown.body()).isEqualTo("{\"detail\":\"Not Found\"}");
    assertThat(unknown.headers().firstValue("content-type")).hasValue("application/json");
    HttpResponse<String> wrong = mesh.get(mesh.scheduler("/queue/submit"));
    assertThat(wrong.statusCode()).isEqualTo(405);
    assertThat(wrong.body()).isEqualTo("{\"detail\":\"Method Not Allowed\"}");
    assertThat(wrong.headers().firstValue("allow")).hasValue("POST");
    HttpResponse<String> deleted = mesh.send("DELETE", mesh.scheduler("/queue/info"), null);
    assertThat(deleted.statusCode()).isEqualTo(405);
    assertThat(deleted.headers().firstValue("allow")).hasValue("GET, HEAD, POST");
  }

  @Test
  void aRolePortHasOnlyItsOwnPaths() throws Exception {
    assertThat(mesh.get(mesh.predictor("/queue/info")).statusCode()).isEqualTo(404);
    assertThat(mesh.get(mesh.scheduler("/results")).statusCode()).isEqualTo(404);
    assertThat(mesh.get(mesh.scheduler("/status")).statusCode()).isEqualTo(404);
  }

  @Test
  void anExplanationSaysNullForWhatIsNotThere() throws Exception {
    String body = mesh.get(mesh.scheduler("/task/explain?task_id=t-1")).body();
    assertThat(body)
        .startsWith("{\"status\":\"success\",\"message\":\"\",\"task_id\":\"t-1\",")
        .contains(
            "\"slo_deadline_ms\":null,\"deadline\":null,\"demoted\":false,",
            "\"notes\":{\"policy\":\"priority\"},",
            "\"quantiles\":[]},",
            "\"ti_uuid\":\"uuid-1\",\"chosen\":false,\"score\":null,",
            "\"miss_probability\":null,")
        .endsWith("\"queue\":null}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "\"HIGH\""})
  void aPriorityIsANameOrANumber(String priority) throws Exception {
    HttpResponse<String> answer =
        mesh.post(
            mesh.scheduler("/scheduler/dry_run"),
            "{\"requests\":[{\"request_id\":\"r\",\"priority\":" + priority + "}]}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).contains("\"unplaced\":[\"" + priority.replace("\"", "\\\"") + "\"]");
  }

  @Test
  void headAnswersLikeGetWithoutABody() throws Exception {
    HttpResponse<String> head = mesh.send("HEAD", mesh.scheduler("/queue/info"), null);
    HttpResponse<String> get = mesh.get(mesh.scheduler("/queue/info"));
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValue("content-length"))
        .hasValue(Integer.toString(get.body().length()));
    assertThat(mesh.send("HEAD", mesh.scheduler("/queue/submit"), null).statusCode())
        .isEqualTo(405);
    assertThat(mesh.send("HEAD", mesh.scheduler("/task/events"), null).statusCode()).isEqualTo(200);
  }

  @Test
  void rule5OverloadTellsWhenToRetry() throws Exception {
    HttpResponse<String> answer =
        mesh.post(mesh.scheduler("/queue/submit"), TASK.replace("\"m\"", "\"full\""));
    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.headers().firstValue("retry-after")).hasValue("2");
    assertThat(answer.body())
        .isEqualTo(
            """
            {"status":"error","task_id":"","scheduled_ti":"","message":"too many tasks",\
            "detail":"too many tasks","bound":"10","reason":"QUEUE_FULL"}\
            """);
    HttpResponse<String> plain =
        mesh.post(mesh.instance(0, "/queue/enqueue"), "{\"input_data\":{}}");
    assertThat(plain.statusCode()).isEqualTo(429);
    assertThat(plain.headers().firstValue("retry-after")).hasValue("1");
    assertThat(plain.body()).isEqualTo("{\"detail\":\"queue is full\",\"reason\":\"QUEUE_FULL\"}");
  }

  @Test
  void rule6SubmitsThatCannotBeServed() throws Exception {
    HttpResponse<String> answer =
        mesh.post(mesh.scheduler("/queue/submit"), TASK.replace("\"m\"", "\"none\""));
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body())
        .isEqualTo(
            """
            {"status":"error","task_id":"","scheduled_ti":"",\
            "message":"No TaskInstances configured","detail":"No TaskInstances configured",\
            "reason":"NO_INSTANCES"}\
            """);
  }

  @Test
  void rule10CodesBecomeStatuses() throws Exception {
    HttpResponse<String> gone = mesh.get(mesh.scheduler("/task/query?task_id=gone"));
    assertThat(gone.statusCode()).isEqualTo(404);
    assertThat(gone.body())
        .isEqualTo("{\"detail\":\"Task gone not found\",\"reason\":\"TASK_NOT_FOUND\"}");
    HttpResponse<String> running = mesh.get(mesh.instance(0, "/results/running"));
    assertThat(running.statusCode()).isEqualTo(404);
    assertThat(running.body())
        .isEqualTo(
            """
            {"detail":"Task running not completed","reason":"TASK_NOT_COMPLETED",\
            "status":"running"}\
            """);
    HttpResponse<String> bug =
        mesh.post(mesh.scheduler("/queue/submit"), TASK.replace("\"m\"", "\"bug\""));
    assertThat(bug.statusCode()).isEqualTo(500);
    assertThat(bug.body())
        .doesNotContain("secret")
        .contains("\"detail\":\"Internal Server Error\"");
    HttpResponse<String> large =
        mesh.post(mesh.scheduler("/queue/submit"), TASK.replace("\"m\"", "\"large\""));
    assertThat(large.statusCode()).isEqualTo(413);
    assertThat(mesh.post(mesh.scheduler("/scheduler/set"), "{\"name\":\"x\"}").statusCode())
        .isEqualTo(501);
  }

  @Test
  void answersCarryNoHeadersOfGrpc() throws Exception {
    for (HttpResponse<String> answer :
        List.of(
            mesh.get(mesh.scheduler("/queue/info")),
            mesh.get(mesh.scheduler("/task/query?task_id=gone")))) {
      assertThat(answer.headers().map().keySet())
          .noneMatch(name -> name.startsWith("grpc-") || name.equals("server"));
    }
  }

  @Test
  void anUnhealthyPredictorIs503WithItsBody() throws Exception {
    mesh.predictor.health = "unhealthy";
    HttpResponse<String> answer = mesh.get(mesh.predictor("/health"));
    mesh.predictor.health = "healthy";
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).startsWith("{\"status\":\"unhealthy\",\"service\":\"predictor\"");
    assertThat(mesh.get(mesh.predictor("/health")).statusCode()).isEqualTo(200);
  }
}
