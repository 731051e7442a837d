package io.swarmpilot.launcher.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.swarmpilot.benchmark.executor.BaseWorkloadExecutor;
import io.swarmpilot.benchmark.service.ServiceFactory;
import io.swarmpilot.client.MeshClient;
import io.swarmpilot.client.Submission;
import io.swarmpilot.launcher.fault.Eventually;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/// What the dashboards ask for is there.
@ExtendWith(SharedMesh.class)
@Timeout(120)
class DashboardsIT {
  private static final Path DASHBOARDS = Path.of("../deploy/monitoring/grafana/dashboards");
  private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-z][a-z0-9_]*)[{ ]");
  private static final ObjectMapper JSON = new ObjectMapper();

  /// What `MonitorTest` sees pushed.
  private static final Set<String> PUSHED =
      Set.of(
          "cpu_usage_percent",
          "ram_used_megabytes",
          "gpu_utilization_percent",
          "gpu_memory_used_megabytes");

  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void theMeshExportsWhatItsDashboardShows(WholeMesh mesh) throws Exception {
    try (MeshClient client = new MeshClient(mesh.url(8102))) {
      Submission task = client.submitTask("all-minilm-l6-v2", "{\"text\": \"a dashboard\"}");
      assertThat(client.waitForCompletion(task.taskId()).result()).isPresent();
    }
    Set<String> asked = names("mesh.json", "swarmpilot_[a-z_]+");
    assertThat(asked).hasSizeGreaterThan(10);
    // A model has a queue while tasks wait for it.
    asked.remove("swarmpilot_scheduler_queue_length");
    // The predictor hears of an execution a moment after the client does.
    Duration _ =
        Eventually.holds(
            "everything asked for is exported",
            Duration.ofSeconds(20),
            () -> {
              Set<String> exported = samples(mesh.url(8102) + "/metrics");
              exported.addAll(samples(mesh.url(8200) + "/metrics"));
              return exported.containsAll(asked);
            });
  }

  @Test
  void executorsAndMonitorsExportWhatTheBenchmarksDashboardShows() throws Exception {
    try (BaseWorkloadExecutor executor = ServiceFactory.createWorkloadExecutor("dummy", 0)) {
      executor.start("127.0.0.1", OptionalInt.of(0));
      String url = "http://127.0.0.1:" + executor.port();
      String body = "{\"duration\": \"1s\", \"clients_per_node\": 1}";
      HttpRequest start =
          HttpRequest.newBuilder(URI.create(url + "/start"))
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build();
      assertThat(http.send(start, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
      Set<String> asked = names("benchmark.json", "dummy_[a-z_]+");
      assertThat(asked).hasSizeGreaterThan(10);
      // A class of errors is there once there was one.
      asked.remove("dummy_errors_by_class_total");
      assertThat(samples(url + "/metrics/prometheus")).containsAll(asked);
      assertThat(names("benchmark.json", "(cpu|ram|gpu)_[a-z_]+")).isEqualTo(PUSHED);
    }
  }

  private static Set<String> names(String dashboard, String name) throws IOException {
    Pattern wanted = Pattern.compile("\\b" + name + "\\b");
    Set<String> names = new TreeSet<>();
    for (JsonNode panel : JSON.readTree(DASHBOARDS.resolve(dashboard).toFile()).path("panels")) {
      for (JsonNode target : panel.path("targets")) {
        String expression = target.path("expr").asText().replace("${service}", "dummy");
        wanted.matcher(expression).results().map(MatchResult::group).forEach(names::add);
      }
    }
    names.remove("gpu_id");
    return names;
  }

  private Set<String> samples(String url) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
    return SAMPLE
        .matcher(http.send(request, BodyHandlers.ofString()).body())
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
