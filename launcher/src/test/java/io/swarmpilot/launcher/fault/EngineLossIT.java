package io.swarmpilot.launcher.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.swarmpilot.client.BatchSubmission;
import io.swarmpilot.client.NewTask;
import io.swarmpilot.client.Task;
import io.swarmpilot.client.TaskWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// One of three servers that an instance started is killed under load.
@Timeout(120)
@DisabledOnOs(OS.WINDOWS)
final class EngineLossIT {
  private static final Path SOURCE = Path.of("../docs/examples/engine/TinyEngine.java");
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration ALL_END = Duration.ofSeconds(40);
  private static final String MODEL = "tiny";
  private static final String INPUT = "{\"messages\": [], \"max_tokens\": 10}";
  private static final int TASKS = 60;

  private final TaskHistories histories = new TaskHistories();
  private Path directory;
  private EngineServers servers;
  private SeparateMesh mesh;
  private MeshProcess instance;
  private TaskWatch watch;

  @BeforeEach
  void startMesh(@TempDir Path folder) throws Exception {
    directory = folder;
    servers = EngineServers.of(folder, "first");
    mesh = new SeparateMesh(folder);
    mesh.startScheduler();
    instance = mesh.startInstance("first", Ports.free(), new Model(MODEL, config()), 3);
    mesh.awaitAvailable(START, "first");
    watch = mesh.client().watchTasks(List.of(), histories);
  }

  @AfterEach
  void killMesh() throws IOException {
    servers.living().forEach(ProcessHandle::destroyForcibly);
    watch.close();
    mesh.close();
  }

  @Test
  void noTaskIsLostTheServerIsReplacedAndNoneIsLeftInTheEnd() throws Exception {
    List<ProcessHandle> before = servers.living();
    assertThat(before).hasSize(3);
    List<String> tasks = submit();
    histories.awaitCompleted(TASKS / 10, ALL_END);

    ProcessHandle victim = before.getFirst();
    assertThat(victim.destroyForcibly()).isTrue();
    List<Task> ended = histories.awaitEndOf(tasks, ALL_END);

    assertThat(ended).allSatisfy(task -> assertThat(task.success()).as("%s", task).contains(true));
    histories.assertLawful();
    Duration _ = Eventually.holds("a server replaces it", START, () -> isReplaced(victim));
    Duration _ =
        Eventually.holds("it takes tasks", START, () -> mesh.instance("first").replicas() == 3);
    List<ProcessHandle> all = new ArrayList<>(servers.living());
    all.addAll(before);
    instance.askToStop();
    assertThat(instance.awaitExit(Duration.ofSeconds(25))).as("exit code").isZero();
    assertThat(all).as("no server outlives its instance").noneMatch(ProcessHandle::isAlive);
    assertThat(servers.living()).isEmpty();
  }

  private boolean isReplaced(ProcessHandle victim) throws IOException {
    List<ProcessHandle> now = servers.living();
    return now.size() == 3 && !now.contains(victim);
  }

  private List<String> submit() {
    BatchSubmission answer =
        mesh.client().submitTasks(MODEL, Collections.nCopies(TASKS, NewTask.of(MODEL, INPUT)));
    assertThat(answer.refused()).as("refused: %s", answer).isZero();
    return answer.results().stream()
        .map(BatchSubmission.Entry::taskId)
        .flatMap(Optional::stream)
        .toList();
  }

  /// Starts the engine of the docs, compiled once for all servers.
  private String config() throws IOException {
    Path classes = Files.createDirectories(directory.resolve("classes"));
    int failure =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-d", classes.toString(), SOURCE.toString());
    assertThat(failure).as("compiling " + SOURCE).isZero();
    return new JsonMapper()
        .createObjectNode()
        .put("backend", "process")
        .set(
            "command",
            new JsonMapper()
                .valueToTree(
                    List.of(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx64m",
                        "-cp",
                        classes.toString(),
                        "TinyEngine",
                        "--port",
                        "{port}",
                        "--model",
                        "{model}")))
        .toString();
  }
}
