package io.swarmpilot.launcher.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.swarmpilot.client.NewTask;
import io.swarmpilot.client.Task;
import io.swarmpilot.client.TaskWatch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// llama.cpp with SmolLM2-135M behind the mesh, one server for each replica. Needs what
/// `.ci/engine` installs, hence the profile `engine`.
@Timeout(300)
@EnabledIfSystemProperty(named = "swarmpilot.engine", matches = ".+")
final class LlamaEngineIT {
  private static final Duration START = Duration.ofMinutes(2);
  private static final Duration ALL_END = Duration.ofMinutes(2);
  private static final Duration STOPPED = Duration.ofMillis(200);
  private static final Duration WATCHED = Duration.ofSeconds(2);
  // Less than one token costs; what a server does that is asked about its health costs less.
  private static final Duration IDLE_WORK = Duration.ofMillis(5);
  private static final String MODEL = "smollm2";

  private final TaskHistories histories = new TaskHistories();
  private EngineServers servers;
  private SeparateMesh mesh;
  private MeshProcess instance;
  private TaskWatch watch;

  @BeforeEach
  void startMesh(@TempDir Path folder) throws Exception {
    servers = EngineServers.of(folder, "first");
    mesh = new SeparateMesh(folder);
    mesh.startScheduler();
    instance = mesh.startInstance("first", Ports.free(), new Model(MODEL, config()), 2);
    mesh.awaitAvailable(START, "first");
    watch = mesh.client().watchTasks(List.of(), histories);
  }

  @AfterEach
  void killMesh() throws IOException {
    watch.close();
    mesh.close();
    servers.living().forEach(ProcessHandle::destroyForcibly);
  }

  @Test
  void chatsAreStreamedFromTwoServers() throws Exception {
    List<Task> ended = histories.awaitEndOf(submit(8, 24), ALL_END);

    assertThat(ended).allSatisfy(LlamaEngineIT::succeeded).allSatisfy(LlamaEngineIT::isStreamed);
    assertThat(mesh.instance("first").replicas()).isEqualTo(2);
    stopAndFindNoServerLeft();
  }

  @Test
  void cancellingAChatStopsTheWorkOfItsServer() throws Exception {
    String chat = submit(1, 1_500).getFirst();
    Duration before = work();
    Duration _ =
        Eventually.holds(
            "it works on the answer",
            ALL_END,
            () -> work().minus(before).compareTo(Duration.ofMillis(500)) > 0);

    long cancelled = System.nanoTime();
    assertThat(mesh.client().cancelTask(chat).success()).isTrue();
    Duration worked = lastWorkAfter(cancelled);

    System.out.println("the engine worked on for " + worked.toMillis() + " ms after the call");
    assertThat(worked).isLessThanOrEqualTo(STOPPED);
  }

  @Test
  void aServerKilledUnderLoadIsReplacedAndNoTaskIsLost() throws Exception {
    List<String> chats = submit(16, 24);
    histories.awaitCompleted(2, ALL_END);
    ProcessHandle victim = servers.living().getFirst();

    assertThat(victim.destroyForcibly()).isTrue();

    assertThat(histories.awaitEndOf(chats, ALL_END)).allSatisfy(LlamaEngineIT::succeeded);
    histories.assertLawful();
    Duration _ =
        Eventually.holds(
            "a server replaces it", START, () -> mesh.instance("first").replicas() == 2);
    stopAndFindNoServerLeft();
  }

  private void stopAndFindNoServerLeft() throws Exception {
    List<ProcessHandle> running = servers.living();
    instance.askToStop();
    assertThat(instance.awaitExit(Duration.ofSeconds(30))).as("exit code").isZero();
    assertThat(running).isNotEmpty().noneMatch(ProcessHandle::isAlive);
  }

  private List<String> submit(int count, int tokens) {
    String input =
        "{\"messages\": [{\"role\": \"user\", \"content\": \"Tell me a story about the sea.\"}],"
            + " \"temperature\": 0, \"max_tokens\": "
            + tokens
            + "}";
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ids.add(mesh.client().submitTask(NewTask.of(MODEL, input)).taskId());
    }
    return ids;
  }

  /// Processor time of the servers so far.
  private Duration work() throws IOException {
    Duration sum = Duration.ZERO;
    for (ProcessHandle server : servers.living()) {
      sum = sum.plus(server.info().totalCpuDuration().orElseThrow());
    }
    return sum;
  }

  /// How long after a moment the servers were last seen to work.
  private Duration lastWorkAfter(long moment) throws IOException {
    long last = moment;
    Duration work = work();
    while (System.nanoTime() - moment < WATCHED.toNanos()) {
      LockSupport.parkNanos(10_000_000);
      Duration now = work();
      if (now.minus(work).compareTo(IDLE_WORK) > 0) {
        last = System.nanoTime();
      }
      work = now;
    }
    return Duration.ofNanos(last - moment);
  }

  private static String config() {
    Path folder = Path.of(System.getProperty("swarmpilot.engine")).toAbsolutePath();
    return new JsonMapper()
        .createObjectNode()
        .put("backend", "process")
        .put("engine", "llama-cpp-python")
        .put("executable", folder.resolve("venv/bin/python").toString())
        .put("model", folder.resolve("smollm2.gguf").toString())
        // The probes of an idle engine would count as its work.
        .put("probe_interval_ms", 60_000)
        .set("args", new JsonMapper().valueToTree(List.of("--n_threads", "1", "--n_ctx", "2048")))
        .toString();
  }

  private static void isStreamed(Task task) {
    try {
      JsonNode result = new JsonMapper().readTree(task.result().orElseThrow());
      assertThat(result.at("/timings/outputs").asInt()).as("%s", result).isGreaterThan(10);
      assertThat(result.at("/choices/0/message/content").asText()).isNotBlank();
    } catch (IOException e) {
      throw new AssertionError(task.toString(), e);
    }
  }

  private static void succeeded(Task task) {
    assertThat(task.success()).as("%s", task).contains(true);
  }
}
