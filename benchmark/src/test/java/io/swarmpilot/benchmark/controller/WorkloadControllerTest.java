package io.swarmpilot.benchmark.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.swarmpilot.benchmark.executor.BaseWorkloadExecutor;
import io.swarmpilot.benchmark.executor.Eventually;
import io.swarmpilot.benchmark.measure.Metric;
import io.swarmpilot.benchmark.servers.ScriptedHttp;
import io.swarmpilot.benchmark.service.ServiceFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Controllers with real executors, and with foreign ones that only speak the documented paths.
class WorkloadControllerTest {
  private static final Map<String, Object> LONG =
      Map.of("duration", 600, "clients_per_node", 2, "sleep_seconds", 0.02);
  private static final String FOREIGN_METRICS =
      """
      {"running": false, "error": null, "metrics": {"total_requests": 300, "errors": 3,
       "elapsed_seconds": 30.0, "avg_latency_seconds": 0.5, "p50_latency_seconds": 0.4,
       "p90_latency_seconds": 0.9, "p99_latency_seconds": 2.0}}
      """;

  private final List<BaseWorkloadExecutor> executors = new ArrayList<>();
  private final List<ScriptedHttp> foreign = new ArrayList<>();
  private final List<NodeProblem> problems = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    executors.forEach(BaseWorkloadExecutor::close);
    foreign.forEach(ScriptedHttp::close);
  }

  @Test
  void theDocumentedFlowWorks() throws Exception {
    BaseWorkloadController controller = controller(executor(), executor());

    assertThat(controller.verifyClientHealth()).isTrue();
    assertThat(controller.startWorkload(Map.of("duration", 1, "clients_per_node", 2))).isTrue();
    Eventually.isTrue(() -> !controller.getMetrics().running());
    ClusterMetrics metrics = controller.getMetrics();
    assertThat(controller.stopWorkload()).isTrue();

    assertThat(metrics.asMap())
        .containsKeys(
            "total_requests",
            "total_errors",
            "avg_latency",
            "p50_latency",
            "p90_latency",
            "p99_latency",
            "throughput_rps",
            "per_client")
        .containsEntry("complete", true)
        .containsEntry("percentiles_source", "histograms");
    assertThat(metrics.totalRequests())
        .isEqualTo(metrics.nodes().stream().mapToLong(NodeMetrics::requests).sum())
        .isPositive();
    assertThat(metrics.measured().series(Metric.RESPONSE).count())
        .isEqualTo(metrics.totalRequests());
    assertThat(problems).isEmpty();
  }

  @Test
  void whenOneNodeRefusesNoneRuns() throws IOException {
    BaseWorkloadExecutor willing = executor();
    ScriptedHttp refusing =
        foreign().on("/start", 200, "{\"success\": false, \"error\": \"no dataset\"}");
    BaseWorkloadController controller = controller(address(willing), refusing.address());

    assertThat(controller.startWorkload(LONG)).isFalse();

    assertThat(problems).singleElement().asString().contains(refusing.address());
    assertThat(controller(address(willing)).getMetrics().running()).isFalse();
  }

  @Test
  void aForeignExecutorBoundsPercentilesFromAbove() {
    ScriptedHttp slow = foreign().on("/metrics", 200, FOREIGN_METRICS);
    ScriptedHttp fast =
        foreign().on("/metrics", 200, FOREIGN_METRICS.replace("300", "900").replace("2.0", "1.0"));

    ClusterMetrics metrics = controller(slow.address(), fast.address()).getMetrics();

    assertThat(metrics.totalRequests()).isEqualTo(1_200);
    assertThat(metrics.totalErrors()).isEqualTo(6);
    assertThat(metrics.avgLatency()).isCloseTo(0.5, within(1e-9));
    assertThat(metrics.throughputRps()).isCloseTo(40, within(1e-9));
    assertThat(metrics.p99Latency()).isEqualTo(2.0);
    assertThat(metrics.percentilesSource()).isEqualTo("upper_bound");
    assertThat(metrics.running()).isFalse();
  }

  @Test
  void aLostNodeIsNamedAndTheOthersCount() throws IOException {
    BaseWorkloadExecutor there = executor();
    BaseWorkloadExecutor gone = executor();
    String lost = address(gone);
    gone.close();

    ClusterMetrics metrics = controller(address(there), lost).getMetrics();

    assertThat(metrics.complete()).isFalse();
    assertThat(metrics.asMap().get("per_client"))
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .hasSize(2)
        .last()
        .asInstanceOf(InstanceOfAssertFactories.MAP)
        .containsEntry("node", lost)
        .containsEntry("error", "refuses connections");
  }

  @Test
  void anExecutorThatIsNotThereIsUnhealthy() throws IOException {
    BaseWorkloadExecutor gone = executor();
    String lost = address(gone);
    gone.close();
    BaseWorkloadController controller =
        ServiceFactory.createWorkloadController(
            "dummy", List.of(address(executor()), lost), 5000, 1);
    controller.onProblem(problems::add);

    assertThat(controller.verifyClientHealth()).isFalse();
    assertThat(problems)
        .singleElement()
        .satisfies(problem -> assertThat(problem.network()).isTrue())
        .hasToString(lost + " refuses connections");
  }

  @Test
  void stoppingWithoutAWorkloadIsHarmless() throws IOException {
    assertThat(controller(executor()).stopWorkload()).isTrue();
  }

  @Test
  void nodesAreChecked() {
    assertThatThrownBy(() -> controller(new String[0])).hasMessage("there are no client nodes");
    assertThatThrownBy(() -> controller("a b")).hasMessageContaining("'a b' is not host:port");
  }

  private BaseWorkloadExecutor executor() throws IOException {
    BaseWorkloadExecutor executor = ServiceFactory.createWorkloadExecutor("dummy", 0);
    executors.add(executor);
    executor.start("127.0.0.1", OptionalInt.empty());
    return executor;
  }

  private ScriptedHttp foreign() {
    ScriptedHttp server = new ScriptedHttp();
    foreign.add(server);
    return server;
  }

  private static String address(BaseWorkloadExecutor executor) {
    return "127.0.0.1:" + executor.port();
  }

  private BaseWorkloadController controller(BaseWorkloadExecutor... nodes) {
    return controller(
        Arrays.stream(nodes).map(WorkloadControllerTest::address).toArray(String[]::new));
  }

  private BaseWorkloadController controller(String... nodes) {
    BaseWorkloadController controller =
        ServiceFactory.createWorkloadController("dummy", List.of(nodes), 5000, 20);
    controller.onProblem(problems::add);
    return controller;
  }
}
