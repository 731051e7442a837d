package io.swarmpilot.benchmark.executor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.swarmpilot.benchmark.http.HttpCalls;
import io.swarmpilot.benchmark.http.Parallel;
import io.swarmpilot.benchmark.http.Reply;
import io.swarmpilot.benchmark.recipe.WorkloadSettings;
import io.swarmpilot.benchmark.service.ServiceFactory;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The documented REST paths of an executor, as its callers see them.
class WorkloadExecutorTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String SHORT =
      "{\"duration\": 1, \"clients_per_node\": 2, \"sleep_seconds\": 0.02}";
  private static final String LONG =
      "{\"duration\": 600, \"clients_per_node\": 2, \"sleep_seconds\": 0.02}";

  private BaseWorkloadExecutor executor = ServiceFactory.createWorkloadExecutor("dummy", 0);

  @BeforeEach
  void start() throws IOException {
    executor.start("127.0.0.1", OptionalInt.empty());
  }

  @AfterEach
  void close() {
    executor.close();
  }

  @Test
  void healthNamesTheService() {
    assertThat(get("/health"))
        .hasToString(
            "{\"service\":\"dummy\",\"status\":\"ok\",\"version\":"
                + get("/health").get("version")
                + "}");
  }

  @Test
  void everyDocumentedKeyIsThereBeforeTheFirstWorkload() {
    assertThat(get("/status").fieldNames())
        .toIterable()
        .contains("running", "elapsed_seconds", "threads_active");
    JsonNode metrics = get("/metrics");
    assertThat(metrics.fieldNames())
        .toIterable()
        .contains(
            "requests_total",
            "errors_total",
            "latency",
            "throughput_rps",
            "elapsed_seconds",
            "running",
            "error",
            "metrics");
    assertThat(metrics.get("latency").fieldNames())
        .toIterable()
        .containsExactly("avg", "p50", "p90", "p99");
    assertThat(metrics.get("metrics").fieldNames())
        .toIterable()
        .contains(
            "total_requests",
            "errors",
            "elapsed_seconds",
            "avg_latency_seconds",
            "p50_latency_seconds",
            "p90_latency_seconds",
            "p99_latency_seconds",
            "throughput_rps",
            "num_threads",
            "thread_errors",
            "model",
            "duration");
    assertThat(metrics.get("error").isNull()).isTrue();
  }

  @Test
  void aWorkloadRunsToItsEnd() throws InterruptedException {
    assertThat(post("/start", SHORT))
        .hasToString(
            "{\"status\":\"started\",\"threads\":2,\"success\":true,\"message\":\"Workload"
                + " started\",\"epoch\":1}");
    assertThat(get("/status").get("running").asBoolean()).isTrue();

    awaitIdle();

    JsonNode metrics = get("/metrics");
    assertThat(metrics.get("requests_total").asInt()).isPositive();
    assertThat(metrics.get("errors_total").asInt()).isZero();
    assertThat(metrics.get("elapsed_seconds").asDouble()).isEqualTo(1);
    assertThat(metrics.get("throughput_rps").asDouble())
        .isEqualTo(metrics.get("requests_total").asDouble());
    assertThat(get("/status").get("phase").asText()).isEqualTo("finished");
  }

  @Test
  void aSecondWorkloadIsRefusedWhileOneRuns() {
    post("/start", LONG);

    Reply.Answered refused = answered("/start", LONG);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(tree(refused).get("success").asBoolean(true)).isFalse();
    assertThat(tree(refused).get("error").asText()).isEqualTo("Workload already running");
  }

  @Test
  void oneOfManyStartsAtTheSameMomentPasses() {
    List<Integer> codes =
        Parallel.map(List.of(1, 2, 3, 4, 5, 6), i -> answered("/start", LONG).status());

    assertThat(codes).containsExactlyInAnyOrder(200, 400, 400, 400, 400, 400);
  }

  @Test
  void stoppingAnswersWhatWasMeasuredAndStoppingAgainIsHarmless() {
    post("/start", LONG);

    JsonNode stopped = post("/stop", "");
    JsonNode again = post("/stop", "");

    assertThat(stopped.get("status").asText()).isEqualTo("stopped");
    assertThat(stopped.get("success").asBoolean()).isTrue();
    assertThat(stopped.get("final_metrics").get("num_threads").asInt()).isEqualTo(2);
    assertThat(get("/status").get("running").asBoolean(true)).isFalse();
    assertThat(again.get("message").asText()).isEqualTo("No workload running");
    assertThat(again.get("final_metrics").isNull()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{} | No workload configuration provided",
        "{\"duration\": 0} | duration: must be above 0",
        "{\"duration\": \"1d\"} | duration: must be seconds",
        "{\"duration\": \"-5s\"} | duration: must be seconds",
        "{\"duration\": \"25h\"} | duration: must be at most 24h",
        "{\"duration\": true} | duration: must be seconds",
        "{\"warmup\": -1} | warmup: must be seconds",
        "{\"num_threads\": 0} | num_threads: must be a whole number from 1 to 10000",
        "{\"clients_per_node\": 1000000} | clients_per_node: must be a whole number",
        "{\"sleep_seconds\": -1} | sleep_seconds: must be a number from 0",
        "{\"target_rps\": 0} | target_rps: must be above 0",
        "{\"request_distribution\": \"pareto\"} | request_distribution: must be constant",
        "{\"slo\": {\"latency\": 1}} | slo.latency: is not one of",
        "{\"slo\": {\"ttft_ms\": 0}} | slo.ttft_ms: must be a number above 0",
        "{\"workload\": 7} | workload: must be an object",
        "{\"workload\": {\"num_threads\": \"many\"}} | num_threads: must be a whole number",
        "{\"api\": \"smtp\"} | smtp",
        "{\"duration\": 5, \"dataset\": \"/etc/passwd\"} | dataset: ",
        "no json at all | JSON decode error"
      })
  void whatCannotBeDrivenIsRefusedBeforeItStarts(String body, String told) {
    Reply.Answered refused = answered("/start", body);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(tree(refused).get("success").asBoolean(true)).isFalse();
    assertThat(tree(refused).get("code").asText()).isEqualTo("E006");
    assertThat(tree(refused).get("error").asText()).contains(told);
    assertThat(get("/status").get("epoch").asInt()).isZero();
  }

  @Test
  void aTargetAndAModelAreNeededWhereThereIsAServer() throws IOException {
    executor.close();
    executor = ServiceFactory.createWorkloadExecutor("vllm", 0);
    executor.start("127.0.0.1", OptionalInt.empty());

    assertThat(tree(answered("/start", "{\"duration\": 5}")).get("error").asText())
        .contains("server_url: is required, or server_endpoints", "model: is required");
  }

  @Test
  void aWholeRecipeIsUnwrappedAndAKeyBesideItWins() {
    JsonNode started =
        post(
            "/start",
            "{\"scenario\": \"x\", \"num_threads\": 3, \"workload\": {\"duration\": \"10m\","
                + " \"num_threads\": 7, \"warmup\": \"30s\"}}");

    assertThat(started.get("threads").asInt()).isEqualTo(3);
    assertThat(get("/status").get("phase").asText()).isIn("waiting", "warmup");
    assertThat(get("/metrics").get("metrics").get("duration").asText()).isEqualTo("600s");
  }

  @Test
  void textIsForThoseWhoAskForIt() {
    post("/start", LONG);

    String text = ((Reply.Answered) call("/metrics/prometheus")).body();

    assertThat(text)
        .contains("# TYPE dummy_requests_total counter\ndummy_requests_total{host=\"")
        .contains("dummy_workload_running{host=")
        .contains("dummy_response_seconds_bucket{host=")
        .contains(",le=\"+Inf\"}");
    assertThat(((Reply.Answered) call("/metrics?format=prometheus")).body())
        .startsWith("# HELP dummy_requests_total");
  }

  @Test
  void clientsThatDoNotHearTheStopWriteNothingDownLater() throws Exception {
    executor.close();
    CountDownLatch release = new CountDownLatch(1);
    AtomicInteger sent = new AtomicInteger();
    executor = new StubbornExecutor(release, sent);
    executor.start("127.0.0.1", OptionalInt.empty());
    post("/start", "{\"duration\": 60, \"num_threads\": 1}");
    Eventually.isTrue(() -> sent.get() == 1);

    post("/stop", "");
    JsonNode second = post("/start", "{\"duration\": 600, \"num_threads\": 1}");
    release.countDown();
    Eventually.isTrue(() -> sent.get() > 5);
    post("/stop", "");

    assertThat(second.get("epoch").asInt()).isEqualTo(2);
    // The second run's only client waits for nobody, so each of its requests counts; the first's
    // none.
    assertThat(get("/metrics").get("requests_total").asInt()).isEqualTo(sent.get() - 1);
  }

  private void awaitIdle() throws InterruptedException {
    Eventually.isTrue(() -> !get("/status").get("running").asBoolean());
  }

  private JsonNode get(String path) {
    return tree((Reply.Answered) call(path));
  }

  private Reply call(String path) {
    return HttpCalls.get(url(path), PATIENCE);
  }

  private JsonNode post(String path, String body) {
    return tree(answered(path, body));
  }

  private Reply.Answered answered(String path, String body) {
    return (Reply.Answered) HttpCalls.post(url(path), body, PATIENCE);
  }

  private URI url(String path) {
    return URI.create("http://127.0.0.1:" + executor.port() + path);
  }

  private static JsonNode tree(Reply.Answered reply) {
    try {
      return new ObjectMapper().readTree(reply.body());
    } catch (IOException e) {
      throw new IllegalStateException(reply.body(), e);
    }
  }

  /// Its first client hangs in a request and does not hear that it is to stop.
  private static final class StubbornExecutor extends BaseWorkloadExecutor {
    private final CountDownLatch release;
    private final AtomicInteger sent;

    StubbornExecutor(CountDownLatch release, AtomicInteger sent) {
      super(0);
      this.release = release;
      this.sent = sent;
    }

    @Override
    public String getServiceName() {
      return "stubborn";
    }

    @Override
    protected void runBenchmark(WorkloadSettings workload, int threadId, RequestLog log)
        throws InterruptedException {
      boolean hangs = sent.get() == 0;
      do {
        log.request(() -> {
          int number = sent.incrementAndGet();
          while (hangs && release.getCount() > 0) {
            awaitQuietly();
          }
          return number;
        });
        if (!hangs) {
          Thread.sleep(50);
        }
      } while (!hangs && log.goesOn());
    }

    private void awaitQuietly() {
      try {
        release.await();
      } catch (InterruptedException e) {
        // Hears nothing.
      }
    }
  }
}
