package io.swarmpilot.taskinstance.backend.process;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.swarmpilot.runtime.error.ErrorReason;
import io.swarmpilot.runtime.error.MeshException;
import io.swarmpilot.taskinstance.backend.Cancellation;
import io.swarmpilot.taskinstance.backend.Execution;
import io.swarmpilot.taskinstance.backend.Fault;
import io.swarmpilot.taskinstance.backend.Replica;
import io.swarmpilot.taskinstance.backend.ReplicaSpec;
import io.swarmpilot.taskinstance.backend.ReplicaState;
import io.swarmpilot.taskinstance.backend.RunFailure;
import io.swarmpilot.taskinstance.backend.http.EngineJson;
import io.swarmpilot.taskinstance.backend.ollama.OllamaBackend;
import io.swarmpilot.taskinstance.backend.openai.OpenAiBackend;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Starts, loses and stops real processes.
@Timeout(60)
@DisabledOnOs(OS.WINDOWS)
class ProcessBackendTest {
  private static final Pattern LISTENING = Pattern.compile("(?s).*listening on [^\n]*:(\\d+)");
  private static final long POLL_NANOS = 10_000_000;

  @TempDir private static Path classes;
  private static TinyEngines tiny;

  @TempDir private Path folder;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private ProcessBackend backend;

  @BeforeAll
  static void compile() {
    tiny = TinyEngines.compiledTo(classes);
  }

  @BeforeEach
  void open() {
    backend =
        new ProcessBackend(List.of(new OpenAiBackend(), new OllamaBackend()), 2, folder, threads);
  }

  @AfterEach
  void close() throws IOException {
    backend.close();
    threads.shutdownNow();
    assertThat(records()).as("nothing is left to be ended later").isEmpty();
  }

  @Test
  void runsTasksOnAServerOfItsOwnAndLeavesNoneOfItsProcesses() throws Exception {
    Replica replica =
        backend.open(tiny.spec("--child-ms", "600000", "--token-ms", "1").withGpus(List.of(1)));

    assertThat(replica.state()).isEqualTo(ReplicaState.READY);
    assertThat(run(replica, 3)).contains("word1 word2 word3");
    assertThat(log()).contains("CUDA_VISIBLE_DEVICES=1");
    List<ProcessHandle> processes = processes();
    assertThat(processes)
        .as("the server and its child")
        .hasSize(2)
        .allMatch(ProcessBackendTest::isRunning);
    replica.close();
    assertThat(processes).noneMatch(ProcessBackendTest::isRunning);
  }

  @Test
  void endsAServerThatDoesNotEndWhenAsked() throws Exception {
    ReplicaSpec spec =
        new ReplicaSpec("tiny", tiny.config("--stubborn", "true").put("stop_grace_ms", 100));
    Replica replica = backend.open(spec);
    List<ProcessHandle> processes = processes();

    replica.close();

    assertThat(processes).isNotEmpty().noneMatch(ProcessBackendTest::isRunning);
  }

  @Test
  void startsAServerAgainThatWasKilledAndSaysWhatBecameOfItsTask() throws Exception {
    Replica replica = backend.open(tiny.spec("--child-ms", "600000"));
    BlockingQueue<ReplicaState> states = new LinkedBlockingQueue<>(100);
    replica.onStateChange(() -> states.add(replica.state()));
    List<ProcessHandle> processes = processes();
    Future<String> task = threads.submit(() -> run(replica, 10_000));
    awaitAnswering();

    assertThat(processes.getFirst().destroyForcibly()).isTrue();

    RunFailure failure = failure(task);
    assertThat(failure.kind()).isEqualTo(RunFailure.Kind.REPLICA_LOST);
    assertThat(failure.fault()).isEqualTo(Fault.CRASHED);
    assertThat(failure.message()).isEqualTo("crashed: the server was ended by signal 9");
    assertThat(states.poll(20, TimeUnit.SECONDS)).isEqualTo(ReplicaState.RESTARTING);
    assertThat(afterRestarting(states)).isEqualTo(ReplicaState.READY);
    assertThat(processes).as("its child, too").noneMatch(ProcessBackendTest::isRunning);
    assertThat(run(replica, 1)).contains("word1");
  }

  /// The server's end and the probe that misses it may both tell of the same state.
  private static @Nullable ReplicaState afterRestarting(BlockingQueue<ReplicaState> states)
      throws InterruptedException {
    ReplicaState next = states.poll(40, TimeUnit.SECONDS);
    while (next == ReplicaState.RESTARTING) {
      next = states.poll(40, TimeUnit.SECONDS);
    }
    return next;
  }

  @Test
  void givesUpAServerThatEndsAgainAndAgain() throws Exception {
    Replica replica = backend.open(new ReplicaSpec("tiny", tiny.config().put("max_restarts", 1)));
    BlockingQueue<ReplicaState> states = new LinkedBlockingQueue<>(100);
    replica.onStateChange(() -> states.add(replica.state()));

    for (ReplicaState then : List.of(ReplicaState.READY, ReplicaState.FAILED)) {
      assertThatThrownBy(() -> ask("/crash")).isInstanceOf(IOException.class);
      assertThat(states.poll(20, TimeUnit.SECONDS)).isEqualTo(ReplicaState.RESTARTING);
      assertThat(afterRestarting(states)).isEqualTo(then);
    }

    RunFailure failure = failure(threads.submit(() -> run(replica, 1)));
    assertThat(failure.kind()).isEqualTo(RunFailure.Kind.REPLICA_LOST);
  }

  @Test
  void saysWhyAServerDoesNotStart() {
    assertThat(refusal(spec("[\"java\",\"--no-such-option\"]")))
        .contains("the server ended with code 1; it printed: ")
        .contains("--no-such-option");
    assertThat(refusal(spec("[\"no-such-program\",\"serve\"]")))
        .contains("There is no program 'no-such-program' here");
    ReplicaSpec slow =
        new ReplicaSpec("tiny", tiny.config("--start-ms", "60000").put("ready_timeout_ms", 400));
    assertThat(refusal(slow)).contains("the server was not ready within 400 ms: nothing listens");
  }

  @Test
  void saysWhichModelTheServerHasInstead() {
    ReplicaSpec spec = new ReplicaSpec("tiny", tiny.config("--model", "other"));

    MeshException refusal =
        catchThrowableOfType(MeshException.class, () -> backend.open(spec).close());

    assertThat(refusal.reason()).isEqualTo(ErrorReason.MODEL_NOT_FOUND);
    assertThat(refusal.message()).contains("config.model may name one of: other");
  }

  @Test
  void stopsAServerThatIsStillBeingStarted() throws Exception {
    Future<Replica> opening = threads.submit(() -> backend.open(tiny.spec("--start-ms", "60000")));
    awaitLog("tiny engine");
    List<ProcessHandle> processes = processes();

    backend.close();

    assertThat(processes).isNotEmpty().noneMatch(ProcessBackendTest::isRunning);
    assertThat(catchThrowableOfType(ExecutionException.class, opening::get))
        .cause()
        .hasMessageContaining("stopped before it was ready");
  }

  @Test
  void endsWhatAnInstanceLeftThatWasKilled() throws Exception {
    ServerRecords records = new ServerRecords(folder);
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    ServerProcess left =
        ServerProcess.start(
            List.of("/bin/sleep", "600"),
            Map.of(),
            records,
            new ServerLog(folder.resolve("left.log"), 1_000));
    ProcessHandle process = ProcessHandle.of(left.pid()).orElseThrow();
    new ProcessBackend(List.of(), 0, folder, threads).close();
    assertThat(process.isAlive()).as("its instance, this process, lives").isTrue();

    for (Path file : records()) {
      String text = Files.readString(file);
      Files.writeString(file, text.replaceAll("\"ownerPid\":\\d+", "\"ownerPid\":" + gone.pid()));
    }
    new ProcessBackend(List.of(), 0, folder, threads).close();

    assertThat(left.endsWithin(Duration.ofSeconds(20))).isTrue();
    assertThat(records()).isEmpty();
  }

  private static ReplicaSpec spec(String command) {
    String config = "{\"backend\":\"process\",\"command\":" + command + "}";
    return new ReplicaSpec("tiny", EngineJson.parse(config).orElseThrow());
  }

  private String refusal(ReplicaSpec spec) {
    MeshException refusal =
        catchThrowableOfType(MeshException.class, () -> backend.open(spec).close());
    assertThat(refusal.reason()).isEqualTo(ErrorReason.INSUFFICIENT_RESOURCES);
    return refusal.message();
  }

  private static String run(Replica replica, int tokens) throws RunFailure {
    return replica.run(
        new Execution(
            "t",
            "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"max_tokens\":%d}"
                .formatted(tokens),
            new Cancellation()));
  }

  private static RunFailure failure(Future<String> task) {
    ExecutionException failure = catchThrowableOfType(ExecutionException.class, task::get);
    assertThat(failure).hasCauseInstanceOf(RunFailure.class);
    return (RunFailure) requireNonNull(failure.getCause());
  }

  /// Waits until the server is in the middle of an answer.
  private void awaitAnswering() throws Exception {
    while (!ask("/answering").contains("1")) {
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  /// What the last server answers that was started.
  private String ask(String path) throws IOException, InterruptedException {
    Matcher port = LISTENING.matcher(log());
    assertThat(port.find()).isTrue();
    URI question = URI.create("http://127.0.0.1:" + port.group(1) + path);
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(HttpRequest.newBuilder(question).build(), BodyHandlers.ofString()).body();
    }
  }

  /// Where nobody asks about processes that ended without a parent, they stay, ended.
  private static boolean isRunning(ProcessHandle process) {
    try {
      return process.isAlive()
          && !Files.readString(Path.of("/proc/" + process.pid() + "/stat")).contains(") Z ");
    } catch (NoSuchFileException e) {
      return process.isAlive() && !Files.isDirectory(Path.of("/proc"));
    } catch (IOException e) {
      return false;
    }
  }

  private void awaitLog(String text) throws IOException {
    while (!log().contains(text)) {
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  /// What the first server printed so far.
  private String log() throws IOException {
    Path file = folder.resolve("server-1.log");
    return Files.exists(file) ? Files.readString(file) : "";
  }

  /// The processes of the servers that run, each behind its parent.
  private List<ProcessHandle> processes() throws IOException {
    List<ProcessHandle> processes = new ArrayList<>();
    for (Path file : records()) {
      ServerRecord server = new JsonMapper().readValue(file.toFile(), ServerRecord.class);
      ProcessHandle root = ProcessHandle.of(server.pid()).orElseThrow();
      processes.add(root);
      processes.addAll(root.descendants().toList());
    }
    return processes;
  }

  private List<Path> records() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".server.json")).toList();
    }
  }
}
