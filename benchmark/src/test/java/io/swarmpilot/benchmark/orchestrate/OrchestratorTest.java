package io.swarmpilot.benchmark.orchestrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.swarmpilot.benchmark.executor.BaseWorkloadExecutor;
import io.swarmpilot.benchmark.servers.ScriptedHttp;
import io.swarmpilot.benchmark.service.ServiceFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whole benchmarks with real executors, and each way in which one fails.
class OrchestratorTest {
  private static final Map<String, Object> DUMMY =
      Map.of("service", "dummy", "duration", 1, "clients_per_node", 2, "sleep_seconds", 0.01);

  @TempDir Path directory;
  private final List<BaseWorkloadExecutor> executors = new ArrayList<>();
  private final ScriptedHttp server = new ScriptedHttp();
  private final List<String> lines = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    executors.forEach(BaseWorkloadExecutor::close);
    server.close();
  }

  @Test
  void aRecipeInAFileIsConductedAndStaysAsItIs() throws Exception {
    String text =
        """
        service: dummy
        duration: 1
        concurrency: [1, 2]
        sleep_seconds: 0.01
        repetitions: 2
        """;
    Path recipe = Files.writeString(directory.resolve("recipe.yaml"), text);

    BenchmarkResults results =
        new Orchestrator(settings(executor(), executor()), recipe).onLine(lines::add).run();

    assertThat(results.status()).isEqualTo("completed");
    assertThat(results.complete()).isTrue();
    assertThat(results.throughputRps()).isPositive();
    assertThat(results.runs())
        .extracting(run -> run.run().name())
        .containsExactly(
            "single_run-concurrency1-r1",
            "single_run-concurrency1-r2",
            "single_run-concurrency2-r1",
            "single_run-concurrency2-r2");
    assertThat(recipe).hasContent(text);
    JsonNode summary = summary();
    assertThat(summary.get("experiment").get("service").asText()).isEqualTo("dummy");
    assertThat(summary.get("benchmarks")).hasSize(4);
    assertThat(
            summary
                .get("repetitions")
                .get("single_run-concurrency1")
                .get("throughput_rps")
                .get("mean")
                .asDouble())
        .isPositive();
    JsonNode run = json("single_run-concurrency2-r2.metrics.json");
    assertThat(run.get("overrides").get("concurrency").asInt()).isEqualTo(2);
    assertThat(run.get("client_metrics")).hasSize(2);
    assertThat(run.get("aggregate").get("total_requests").asLong()).isPositive();
    assertThat(run.get("histograms").get("response").asText()).isNotEmpty();
  }

  @Test
  void aSuiteIsRunEntryByEntry() throws Exception {
    Map<String, Object> suite = new HashMap<>(DUMMY);
    suite.put(
        "benchmark_suite",
        List.of(
            Map.of("name", "small", "num_threads", 1),
            Map.of("name", "large", "num_threads", 3, "sleep_seconds", 0.02)));

    BenchmarkResults results = new Orchestrator(settings(executor()), suite).run();

    assertThat(results.runs())
        .extracting(
            run -> run.metrics().nodes().getFirst().body().at("/metrics/num_threads").asInt())
        .containsExactly(1, 3);
    assertThat(json("small.metrics.json").get("overrides").get("num_threads").asInt()).isOne();
  }

  @Test
  void companionsAreThereFromTheFirstLoadToTheLast() throws Exception {
    List<String> steps = new ArrayList<>();
    Companion good = companion("good", steps, false);
    Companion bad = companion("bad", steps, true);

    new Orchestrator(settings(executor()), DUMMY)
        .accompaniedBy(good)
        .accompaniedBy(bad)
        .onLine(lines::add)
        .run();

    assertThat(steps).containsExactly("start good", "stop good");
    assertThat(lines).contains("warning: bad cannot start: no disk");
  }

  @Test
  void e001AServerIsNotHealthy() throws Exception {
    server.on("/api/tags", 503, "loading");

    BenchmarkException failure = failure(impatient(executor()), ollama());

    assertThat(failure.code()).isEqualTo(ErrorCode.E001);
    assertThat(failure).hasMessageContaining("answered HTTP 503: loading");
  }

  @Test
  void e002AnExecutorIsNotThere() {
    BenchmarkException failure = failure(impatient("127.0.0.1:1"), DUMMY);

    assertThat(failure.code()).isEqualTo(ErrorCode.E002);
    assertThat(failure).hasMessageContaining("127.0.0.1:1 refuses connections");
  }

  @Test
  void e003AModelCannotBeLoaded() throws Exception {
    server
        .on("/api/tags", 200, "{}")
        .on("/api/pull", 200, "{\"error\": \"pull model manifest: file does not exist\"}");

    BenchmarkException failure = failure(settings(executor()), ollama());

    assertThat(failure.code()).isEqualTo(ErrorCode.E003);
    assertThat(failure).hasMessageContaining("file does not exist");
  }

  @Test
  void e004AnExecutorRefusesTheWorkload() throws Exception {
    ScriptedHttp refusing =
        server
            .on("/health", 200, "{}")
            .on("/start", 400, "{\"success\": false, \"error\": \"Workload already running\"}");
    String willing = executor();

    BenchmarkException failure = failure(settings(willing, refusing.address()), DUMMY);

    assertThat(failure.code()).isEqualTo(ErrorCode.E004);
    assertThat(failure).hasMessageContaining("Workload already running");
    assertThat(
            ServiceFactory.createWorkloadController("dummy", List.of(willing))
                .getMetrics()
                .running())
        .isFalse();
  }

  @Test
  void e005AnExecutorIsLostAndWhatItHadToldIsKept() throws Exception {
    String staying = executor();
    String leaving = executor();
    Orchestrator orchestrator =
        new Orchestrator(settings(staying, leaving), workload(3))
            .onProgress(now -> {
              if (now.metrics().totalRequests() > 20) {
                executors.get(1).close();
              }
            });

    BenchmarkException failure = catchThrowableOfType(BenchmarkException.class, orchestrator::run);

    assertThat(failure.code()).isEqualTo(ErrorCode.E005);
    BenchmarkResults partial = failure.results().orElseThrow();
    assertThat(partial.status()).isEqualTo("failed");
    assertThat(partial.complete()).isFalse();
    assertThat(partial.totalRequests()).isGreaterThan(20);
    assertThat(partial.runs().getFirst().metrics().nodes())
        .allSatisfy(node -> assertThat(node.requests()).isPositive());
    assertThat(summary().get("result").get("complete").asBoolean(true)).isFalse();
    assertThat(summary().get("result").get("error").asText()).startsWith("E005: ");
  }

  @Test
  void e006TheRecipeIsWrong() {
    assertThat(failure(settings("n"), Map.of("service", "dummy", "duration", "1d")).code())
        .isEqualTo(ErrorCode.E006);
    assertThat(failure(settings("n"), Map.of("service", "tgi")))
        .hasMessageContaining("Unknown service: tgi");
    assertThat(failure(settings("n"), Map.of("service", "ollama")))
        .hasMessageContaining("model: is required");
    assertThat(failure(settings("n"), Map.of("service", "dummy", "duration", 0)))
        .hasMessageContaining("duration: must be above 0");
    BenchmarkException missing =
        catchThrowableOfType(
            BenchmarkException.class,
            () -> new Orchestrator(settings("n"), directory.resolve("none.yaml")).run());
    assertThat(missing).hasMessageContaining("there is no such file");
    assertThat(missing.results()).isEmpty();
  }

  @Test
  void e007ARunDoesNotEnd() {
    server
        .on("/health", 200, "{}")
        .on("/start", 200, "{\"success\": true}")
        .on("/metrics", 200, "{\"running\": true, \"metrics\": {\"total_requests\": 7}}")
        .on("/stop", 200, "{\"success\": true}");
    Map<String, Object> recipe = new HashMap<>(DUMMY);
    recipe.put("request_timeout_seconds", 0.1);
    Orchestrator orchestrator =
        new Orchestrator(settings(server.address()), recipe).withGrace(Duration.ofMillis(100));

    BenchmarkException failure = catchThrowableOfType(BenchmarkException.class, orchestrator::run);

    assertThat(failure.code()).isEqualTo(ErrorCode.E007);
    assertThat(failure.results().orElseThrow().totalRequests()).isEqualTo(7);
    assertThat(server.asked()).contains("/stop {}");
  }

  @Test
  void e008AnExecutorThatWasThereCannotBeReached() {
    server.on("/health", 200, "{}");
    Orchestrator orchestrator =
        new Orchestrator(settings(server.address()), DUMMY)
            .accompaniedBy(
                new Companion() {
                  @Override
                  public String name() {
                    return "saboteur";
                  }

                  @Override
                  public void start() {
                    server.close();
                  }

                  @Override
                  public void stop() {}
                });

    BenchmarkException failure = catchThrowableOfType(BenchmarkException.class, orchestrator::run);

    assertThat(failure.code()).isEqualTo(ErrorCode.E008);
  }

  @Test
  void aBenchmarkThatIsBrokenOffLeavesNoLoadAndWhatItMeasured() throws Exception {
    String node = executor();
    Orchestrator orchestrator = new Orchestrator(settings(node), workload(600));
    orchestrator.onProgress(now -> {
      if (now.metrics().totalRequests() > 5) {
        orchestrator.cancel();
      }
    });

    BenchmarkException failure = catchThrowableOfType(BenchmarkException.class, orchestrator::run);

    assertThat(failure).hasMessageContaining("broken off");
    assertThat(failure.results().orElseThrow().totalRequests()).isGreaterThan(5);
    assertThat(
            ServiceFactory.createWorkloadController("dummy", List.of(node)).getMetrics().running())
        .isFalse();
  }

  private static Map<String, Object> workload(int seconds) {
    Map<String, Object> workload = new HashMap<>(DUMMY);
    workload.put("duration", seconds);
    return workload;
  }

  private static Map<String, Object> ollama() {
    return Map.of("service", "ollama", "model", "llama2", "duration", 1);
  }

  private BenchmarkException failure(OrchestratorSettings settings, Map<String, Object> recipe) {
    return catchThrowableOfType(
        BenchmarkException.class, () -> new Orchestrator(settings, recipe).run());
  }

  private OrchestratorSettings settings(String... clients) {
    return OrchestratorSettings.of(List.of(server.address()), List.of(clients))
        .withTimeout(Duration.ofSeconds(30))
        .withPollInterval(Duration.ofMillis(100))
        .withOutputDirectory(directory.resolve("out"));
  }

  private OrchestratorSettings impatient(String... clients) {
    return settings(clients).withTimeout(Duration.ofSeconds(1));
  }

  private String executor() throws IOException {
    BaseWorkloadExecutor executor = ServiceFactory.createWorkloadExecutor("dummy", 0);
    executors.add(executor);
    executor.start("127.0.0.1", OptionalInt.empty());
    return "127.0.0.1:" + executor.port();
  }

  private static Companion companion(String name, List<String> steps, boolean fails) {
    return new Companion() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public void start() throws IOException {
        if (fails) {
          throw new IOException("no disk");
        }
        steps.add("start " + name);
      }

      @Override
      public void stop() {
        steps.add("stop " + name);
      }
    };
  }

  private JsonNode summary() throws IOException {
    return json("benchmark_suite.summary.json");
  }

  private JsonNode json(String name) throws IOException {
    return new ObjectMapper()
        .readTree(directory.resolve("out").resolve("results").resolve(name).toFile());
  }
}
