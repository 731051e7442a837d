package io.swarmpilot.launcher.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.swarmpilot.client.MeshClient;
import io.swarmpilot.client.Task;
import io.swarmpilot.client.TaskInstanceClient;
import io.swarmpilot.launcher.CommandLineRun;
import io.swarmpilot.launcher.JsonTree;
import io.swarmpilot.launcher.settings.CommandFailure;
import io.swarmpilot.launcher.settings.Ports;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The whole mesh in this process, used as a newcomer uses it.
@Timeout(120)
class MeshTest {
  private static final String MODEL = "all-minilm-l6-v2";
  private static final Ports PORTS = FreePorts.find(3);
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir private static Path data;

  private static Serving mesh = new Stopped();

  @BeforeAll
  static void start() {
    mesh = Mesh.start(settings(PORTS, 3));
  }

  @AfterAll
  static void stop() {
    mesh.close();
    HTTP.close();
  }

  @Test
  void embedsASentenceOverRest() throws IOException, InterruptedException {
    JsonTree submitted =
        post(
            "/queue/submit",
            """
            {"model_name": "all-minilm-l6-v2", "task_input": {"text": "hello"}, "metadata": {}}
            """);
    String id = submitted.text("task_id");
    assertThat(submitted.text("status")).isEqualTo("success");
    assertThat(id).startsWith("task-");

    try (MeshClient client = client()) {
      assertThat(client.waitForCompletion(id).success()).contains(true);
    }
    JsonTree task = get("/task/query?task_id=" + id);
    assertThat(task.text("task_status")).isEqualTo("completed");
    assertThat(task.object("result").array("embedding")).hasSize(384);
  }

  @Test
  void embedsASentenceFromTheCommandLine() throws IOException {
    CommandLineRun run = cli("submit", MODEL, "--input", "{\"text\": \"bread\"}", "--wait");
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("completed").contains("\"embedding\":[");

    CommandLineRun json =
        cli("submit", MODEL, "--input", "{\"text\": \"bread\"}", "--wait", "--json");
    JsonTree task = JsonTree.parse(json.out());
    assertThat(task.text("task_status")).isEqualTo("completed");
    assertThat(task.isNull("error")).isTrue();
    assertThat(cli("task", task.text("task_id"), "--json").out()).isEqualTo(json.out());
    assertThat(cli("explain", task.text("task_id")).out())
        .contains(task.text("task_id"), "Attempt 1", "proportional_deadline, binds late")
        .containsPattern("(?m)^\\* +" + task.text("scheduled_ti"));
  }

  @Test
  void showsItselfOnTheCommandLine() throws IOException {
    assertThat(cli("submit", MODEL, "--input", "{\"text\": \"learned\"}", "--wait").code())
        .isZero();
    assertThat(cli("health").out()).contains("healthy", "3 of 3 available");
    assertThat(cli("queues").out().lines())
        .filteredOn(line -> line.startsWith(MODEL))
        .hasSizeBetween(3, 4);
    assertThat(JsonTree.parse(cli("instances", "--json").out()).array("instances")).hasSize(3);
    assertThat(cli("strategy").out())
        .containsPattern("(?m)^ +shortest_queue +early")
        .containsPattern("(?m)^\\* +proportional_deadline +late")
        .containsOnlyOnce("*");
    assertThat(cli("strategy", "nonsense"))
        .satisfies(run -> {
          assertThat(run.code()).isEqualTo(1);
          assertThat(run.err()).contains("nonsense", "shortest_queue");
        });
    assertThat(cli("submit", "unknown-model", "--input", "{}"))
        .satisfies(run -> {
          assertThat(run.code()).isEqualTo(1);
          assertThat(run.err()).contains("unknown-model");
          assertThat(run.err().lines()).hasSize(1);
        });
    assertThat(cli("predict", MODEL).out()).containsPattern("(?m)^p50 +[0-9.]+ ms$");
    assertThat(cli("models").out()).contains(MODEL);
    assertThat(cli("doctor").out()).contains("serving");
  }

  @Test
  void servesEveryInstanceOnItsDocumentedPorts() {
    for (int k = 0; k < 3; k++) {
      for (int port : new int[] {PORTS.instance(k), PORTS.instanceGrpc(k)}) {
        try (TaskInstanceClient client = new TaskInstanceClient("http://127.0.0.1:" + port)) {
          assertThat(client.getStatus().instanceId()).isEqualTo("task-instance-" + (k + 1));
          assertThat(client.getModelType()).contains(MODEL);
        }
      }
    }
  }

  @Test
  void knowsItsInstancesByTheirRestAddress() {
    try (MeshClient client = client()) {
      assertThat(client.scheduler().listInstances())
          .extracting("port")
          .containsExactlyInAnyOrder(PORTS.instance(0), PORTS.instance(1), PORTS.instance(2));
    }
  }

  @Test
  void tellsWhereEverythingIs() {
    StringWriter screen = new StringWriter();
    mesh.announce(new PrintWriter(screen));

    assertThat(screen.toString())
        .contains("http://localhost:" + PORTS.everything())
        .contains("http://localhost:" + PORTS.instance(2))
        .contains("--port-offset " + PORTS.offset())
        .contains("State is in memory");
    assertThat(mesh.urls()).containsKeys("gateway", "scheduler", "predictor", "instances", "pid");
  }

  @Test
  void refusesToStartWhereAPortIsTaken() {
    assertThatExceptionOfType(CommandFailure.class)
        .isThrownBy(() -> Mesh.start(settings(PORTS, 1)))
        .withMessageContaining("port " + PORTS.everything() + " (gateway) is in use")
        .withMessageContaining("--port-offset");
  }

  @Test
  void drainsWithoutLosingATask() {
    Ports ports = FreePorts.find(1);
    String id;
    Mesh other = Mesh.start(settings(ports, 1));
    try (MeshClient client = new MeshClient("http://127.0.0.1:" + ports.scheduler())) {
      id = client.submitTask(MODEL, "{\"text\": \"the last one\"}").taskId();
      Task task = client.waitForCompletion(id);
      assertThat(task.success()).contains(true);
    } finally {
      other.drain(Duration.ofSeconds(10));
    }

    assertThat(PortCheck.isFree(InetAddress.getLoopbackAddress(), ports.scheduler())).isTrue();
    assertThat(PortCheck.isFree(InetAddress.getLoopbackAddress(), ports.instanceGrpc(0))).isTrue();
  }

  private static MeshSettings settings(Ports ports, int instances) {
    return new MeshSettings(
        "127.0.0.1",
        ports,
        instances,
        1,
        MODEL,
        "{}",
        data,
        new SchedulerOptions(),
        new PredictorOptions(),
        new InstanceOptions());
  }

  private static MeshClient client() {
    return new MeshClient("http://127.0.0.1:" + PORTS.scheduler());
  }

  private static CommandLineRun cli(String... arguments) {
    String[] all = new String[arguments.length + 2];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    all[arguments.length] = "--port-offset";
    all[arguments.length + 1] = Integer.toString(PORTS.offset());
    return CommandLineRun.of(all);
  }

  private static JsonTree get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(scheduler(path)).build());
  }

  private static JsonTree post(String path, String body) throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(scheduler(path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  private static JsonTree send(HttpRequest request) throws IOException, InterruptedException {
    return JsonTree.parse(HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body());
  }

  private static URI scheduler(String path) {
    return URI.create("http://127.0.0.1:" + PORTS.scheduler() + path);
  }

  /// What there is before the start.
  private static final class Stopped implements Serving {
    @Override
    public Map<String, Object> urls() {
      return Map.of();
    }

    @Override
    public void announce(PrintWriter out) {}

    @Override
    public void drain(Duration grace) {}

    @Override
    public void close() {}
  }
}
