package io.swarmpilot.launcher.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmpilot.launcher.interop.ForeignTool.Answer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The mesh as grpcurl sees it, on the ports of the gateway (8xxx) and of the services (9xxx).
@Timeout(90)
@ExtendWith(SharedMesh.class)
final class GrpcurlIT {
  private static final String SERVICE = "swarmpilot.scheduler.v1.SchedulerService";
  private static final Pattern TASK_ID = Pattern.compile("\"task_id\": \"([^\"]+)\"");

  private ForeignTool grpcurl;

  @BeforeEach
  void findTool() throws Exception {
    grpcurl = ForeignTool.grpcurl();
  }

  @ParameterizedTest
  @CsvSource({
    "8102, swarmpilot.scheduler.v1.SchedulerService",
    "9102, swarmpilot.scheduler.v1.SchedulerService",
    "8100, swarmpilot.taskinstance.v1.TaskInstanceService",
    "9110, swarmpilot.taskinstance.v1.TaskInstanceService",
    "8200, swarmpilot.predictor.v1.PredictorService",
    "9200, swarmpilot.predictor.v1.PredictorService"
  })
  void listsDescribesAndChecksHealth(int port, String service, WholeMesh mesh) throws Exception {
    String address = mesh.address(port);

    assertThat(grpcurl.run("-plaintext", address, "list").succeeded().lines())
        .contains(service, "grpc.health.v1.Health", "grpc.reflection.v1.ServerReflection");
    assertThat(grpcurl.run("-plaintext", address, "describe", service).succeeded())
        .contains("rpc GetHealth", "google.api.http");
    assertThat(
            grpcurl
                .run(
                    "-plaintext",
                    "-d",
                    "{\"service\": \"" + service + "\"}",
                    address,
                    "grpc.health.v1.Health/Check")
                .succeeded())
        .contains("\"status\": \"SERVING\"");
  }

  @ParameterizedTest
  @ValueSource(ints = {8080, 8102, 9102})
  void submitsJsonAsTreeOrTextAndWatchesTheTaskEnd(int port, WholeMesh mesh) throws Exception {
    for (String input :
        new String[] {
          "{\"value\": {\"text\": \"bread\"}}", "{\"json\": \"{\\\"text\\\": \\\"bread\\\"}\"}"
        }) {
      Answer submitted =
          call(
              mesh,
              port,
              "SubmitTask",
              "{\"model_name\": \"all-minilm-l6-v2\", \"task_input\": " + input + "}");
      Matcher taskId = TASK_ID.matcher(submitted.succeeded());
      assertThat(taskId.find()).as(submitted.output()).isTrue();

      String events =
          call(mesh, port, "WatchTasks", "{\"task_ids\": [\"" + taskId.group(1) + "\"]}")
              .succeeded();

      assertThat(events)
          .contains("\"event\": \"task_", "\"task_status\": \"completed\"", "\"success\": true")
          .contains("\\\"embedding\\\":");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {8102, 9102})
  void namesTheFieldsAtFault(int port, WholeMesh mesh) throws Exception {
    Answer refused = call(mesh, port, "SubmitTask", "{\"model_name\": \"all-minilm-l6-v2\"}");

    assertThat(refused.exitCode()).isNotZero();
    assertThat(refused.errors())
        .contains("Code: InvalidArgument")
        .contains("google.rpc.ErrorInfo", "INVALID_FIELD", "swarmpilot.io")
        .contains("google.rpc.BadRequest", "task_input");
  }

  @ParameterizedTest
  @ValueSource(ints = {8102, 9102})
  void tellsAnUnknownTaskApart(int port, WholeMesh mesh) throws Exception {
    Answer refused = call(mesh, port, "QueryTask", "{\"task_id\": \"task-unknown\"}");

    assertThat(refused.exitCode()).isNotZero();
    assertThat(refused.errors())
        .contains("Code: NotFound", "google.rpc.ErrorInfo", "TASK_NOT_FOUND");
  }

  private Answer call(WholeMesh mesh, int port, String method, String request) throws Exception {
    return grpcurl.run(
        "-plaintext", "-max-time", "30", "-d", request, mesh.address(port), SERVICE + "/" + method);
  }
}
