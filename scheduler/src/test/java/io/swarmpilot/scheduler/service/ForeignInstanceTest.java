package io.swarmpilot.scheduler.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.swarmpilot.proto.scheduler.v1.NotifyTaskCompleteRequest;
import io.swarmpilot.proto.scheduler.v1.NotifyTaskCompleteResponse;
import io.swarmpilot.proto.scheduler.v1.RegisterInstanceResponse;
import io.swarmpilot.proto.scheduler.v1.SubmitResultRequest;
import io.swarmpilot.proto.scheduler.v1.SubmitResultResponse;
import io.swarmpilot.proto.scheduler.v1.Task;
import io.swarmpilot.runtime.json.JsonValues;
import io.swarmpilot.scheduler.testing.Mesh;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Instances that have the documented REST endpoints only.
final class ForeignInstanceTest {
  @Test
  void itsResultsAreFetched() throws Exception {
    try (Rest rest = new Rest();
        Mesh mesh = Mesh.overNetwork()) {
      String uuid = register(mesh, rest);
      assertThat(mesh.instance(uuid).getKind()).isEqualTo("foreign");
      assertThat(mesh.instance(uuid).getState()).isEqualTo("available");
      String id = mesh.submit("m").getTaskId();
      assertThat(rest.taken.poll(10, TimeUnit.SECONDS))
          .contains("\"input_data\":{\"text\":\"hi\"}", "\"task_id\":\"" + id + "\"");
      rest.results.put(
          id,
          "{\"task_id\":\"x\",\"result\": {\"n\": 9007199254740993} ,\"status\":\"completed\","
              + "\"error\":null,\"execution_time\":12.5}");
      Task task = mesh.await(id);
      assertThat(task.getSuccess()).isTrue();
      assertThat(task.getResult().getJson()).isEqualTo("{\"n\": 9007199254740993}");
      assertThat(task.getExecutionTimeMs()).isEqualTo(12.5);
    }
  }

  @Test
  void itsReportsAreTakenAndRepeatedOnesDoNoHarm() throws Exception {
    try (Rest rest = new Rest();
        Mesh mesh = Mesh.overNetwork()) {
      String uuid = register(mesh, rest);
      String id = mesh.submit("m").getTaskId();
      SubmitResultRequest result =
          SubmitResultRequest.newBuilder()
              .setTaskId(id)
              .setInstanceId("foreign-1")
              .setExecutionTime(7)
              .setResult(JsonValues.of("[1,2]"))
              .build();
      SubmitResultResponse taken = mesh.stub().submitResult(result);
      assertThat(taken.getStatus()).isEqualTo("success");
      assertThat(mesh.stub().submitResult(result).getStatus()).isEqualTo("warning");
      assertThat(mesh.query(id).getResult().getJson()).isEqualTo("[1,2]");

      String second = mesh.submit("m").getTaskId();
      NotifyTaskCompleteRequest.Builder note =
          NotifyTaskCompleteRequest.newBuilder()
              .setTaskId(second)
              .setInstanceId(uuid)
              .setExecutionTime(3)
              .setError("out of memory");
      NotifyTaskCompleteResponse noted = mesh.stub().notifyTaskComplete(note.build());
      assertThat(noted.getStatus()).isEqualTo("success");
      assertThat(noted.getTotalTimeMs()).isPositive();
      assertThat(mesh.query(second).getError()).isEqualTo("out of memory");
      NotifyTaskCompleteResponse again = mesh.stub().notifyTaskComplete(note.build());
      assertThat(again.getStatus()).isEqualTo("success");
      assertThat(again.hasTotalTimeMs()).isFalse();
      assertThat(mesh.stub().notifyTaskComplete(note.setInstanceId("nobody").build()).getStatus())
          .isEqualTo("warning");
    }
  }

  @Test
  void itMayNameTasksItselfAndNotifyWithoutResult() throws Exception {
    try (Rest rest = new Rest();
        Mesh mesh = Mesh.overNetwork()) {
      register(mesh, rest);
      rest.ownIds = true;
      String id = mesh.submit("m").getTaskId();
      rest.taken.poll(10, TimeUnit.SECONDS);
      rest.results.put(
          "own-1",
          "{\"task_id\":\"own-1\",\"result\":{\"a\":1},\"status\":\"completed\","
              + "\"error\":null,\"execution_time\":4}");
      Mesh.eventually(
          "noted",
          () ->
              !mesh.stub()
                      .notifyTaskComplete(
                          NotifyTaskCompleteRequest.newBuilder()
                              .setTaskId("own-1")
                              .setInstanceId("foreign-1")
                              .setExecutionTime(4)
                              .build())
                      .getMessage()
                      .equals("Task not found")
                  || mesh.query(id).getTaskStatus().equals("completed"));
      assertThat(mesh.await(id).getResult().getJson()).isEqualTo("{\"a\":1}");
    }
  }

  @Test
  void onePortThatServesNoStatusIsUnhealthy() throws Exception {
    try (Rest rest = new Rest();
        Mesh mesh = Mesh.overNetwork()) {
      rest.healthy = false;
      RegisterInstanceResponse response = mesh.register(rest.port());
      assertThat(response.getStatus()).isEqualTo("error");
      assertThat(response.getMessage()).isEqualTo("Health check failed");
    }
  }

  private static String register(Mesh mesh, Rest rest) {
    RegisterInstanceResponse response = mesh.register(rest.port());
    assertThat(response.getMessage()).isEqualTo("TaskInstance registered successfully");
    return response.getTiUuid();
  }

  /// A task instance of someone else's.
  private static final class Rest implements AutoCloseable {
    final BlockingQueue<String> taken = new LinkedBlockingQueue<>(1_000);
    final Map<String, String> results = new ConcurrentHashMap<>();
    volatile boolean healthy = true;
    volatile boolean ownIds;
    private final HttpServer server;

    Rest() throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
      server.createContext("/", this::handle);
      server.start();
    }

    int port() {
      return server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
      String path = exchange.getRequestURI().getPath();
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      if (path.equals("/status") && healthy) {
        answer(
            exchange,
            200,
            "{\"instance_id\":\"foreign-1\",\"model_type\":\"m\",\"replicas_running\":1,"
                + "\"queue_size\":1,\"status\":\"running\"}");
      } else if (path.equals("/queue/enqueue")) {
        taken.add(body);
        String id = ownIds ? "own-1" : body.replaceAll(".*\"task_id\":\"([^\"]*)\".*", "$1");
        answer(exchange, 200, "{\"task_id\":\"" + id + "\",\"queue_size\":1,\"enqueue_time\":1.5}");
      } else {
        String result = results.get(path.replace("/results/", ""));
        answer(
            exchange,
            result == null ? 404 : 200,
            result == null ? "{\"detail\":\"Not Found\"}" : result);
      }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
      exchange.close();
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }
}
