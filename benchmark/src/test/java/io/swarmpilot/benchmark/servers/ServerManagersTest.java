package io.swarmpilot.benchmark.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmpilot.benchmark.recipe.InvalidSettingsException;
import io.swarmpilot.benchmark.service.ServiceFactory;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What server managers ask of servers, and what they make of the answers.
class ServerManagersTest {
  private final ScriptedHttp server = new ScriptedHttp();
  private final List<ServerEvent> events = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void anOllamaManagerIsMadeWithoutAModelAndFailsToPrepare() {
    BaseServerManager manager =
        manager(
            "ollama",
            Map.of(
                "health_check", Map.of("timeout", 300, "interval", 5),
                "service_config", Map.of("gpu_layers", 0)));

    assertThat(manager.getServiceName()).isEqualTo("ollama");
    assertThat(manager.prepareService(List.of(server.address()), 1)).isFalse();
    assertThat(events)
        .extracting(ServerEvent::text)
        .containsExactly("no model is configured: set model");
  }

  @ParameterizedTest
  @CsvSource({
    "ollama, /api/tags, 11434",
    "vllm, /health, 8000",
    "openai, /v1/models, 8000",
    "mesh, /health, 8080"
  })
  void healthIsAsked(String service, String path, int port) {
    BaseServerManager manager = manager(service, Map.of());
    server.on(path, 200, "");

    assertThat(manager.getHealthCheckEndpoint()).isEqualTo(path);
    assertThat(manager.getDefaultPort()).isEqualTo(port);
    assertThat(manager.verifyHealth(List.of(server.address(), "http://" + server.address()), 1))
        .isTrue();
    assertThat(server.asked()).containsOnly(path + " ");
  }

  @Test
  void oneServerThatIsDownIsEnoughToBeUnhealthy() throws IOException {
    String nowhere = "127.0.0.1:" + freePort();
    server.on("/health", 200, "");

    assertThat(manager("vllm", Map.of()).verifyHealth(List.of(server.address(), nowhere), 1))
        .isFalse();
    assertThat(events).singleElement().hasToString(nowhere + " refuses connections");
  }

  @Test
  void aServerThatAnswersAnErrorIsUnhealthy() {
    server.on("/api/tags", 503, "loading");

    assertThat(manager("ollama", Map.of()).verifyHealth(List.of(server.address()), 0)).isFalse();
    assertThat(events).extracting(ServerEvent::text).containsExactly("answered HTTP 503: loading");
  }

  @Test
  void whatIsNoAddressIsSaid() {
    assertThat(manager("ollama", Map.of()).verifyHealth(List.of("ftp://x", "a b"), 5)).isFalse();
    assertThat(events)
        .hasSize(2)
        .allSatisfy(event -> assertThat(event.text()).contains("is not host:port"));
  }

  @Test
  void ollamaPullsNothingThatIsThere() {
    server.on("/api/tags", 200, "{\"models\": [{\"name\": \"llama2:latest\"}]}");

    assertThat(ollama("llama2").prepareService(List.of(server.address()), 5)).isTrue();
    assertThat(server.asked()).containsExactly("/api/tags ");
  }

  @Test
  void ollamaPullsWhatIsMissingAndTellsHowFarItIs() {
    server
        .on("/api/tags", 200, "{\"models\": [{\"name\": \"llama2:7b\"}]}")
        .on(
            "/api/pull",
            200,
            """
            {"status": "pulling manifest"}
            {"status": "pulling abc", "total": 200, "completed": 2}
            {"status": "pulling abc", "total": 200, "completed": 100}
            {"status": "success"}
            """);

    assertThat(ollama("llama2").prepareService(List.of(server.address()), 5)).isTrue();
    assertThat(server.asked()).contains("/api/pull {\"model\":\"llama2\",\"stream\":true}");
    assertThat(events)
        .extracting(ServerEvent::text)
        .containsExactly(
            "llama2: pulling manifest",
            "llama2: pulling abc 0%",
            "llama2: pulling abc 50%",
            "llama2: success");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | {\"error\": \"no such model\"} | cannot pull llama2: no such model",
        "200 | {\"status\": \"pulling abc\"} | ended the pull of llama2 at 'pulling abc'",
        "200 | <html> | cannot pull llama2: it answered what is no JSON",
        "500 | oh no | cannot pull llama2: answered HTTP 500: oh no"
      })
  void aPullThatFailsIsSaid(int status, String body, String told) {
    server.on("/api/tags", 200, "{}").on("/api/pull", status, body);

    assertThat(ollama("llama2").prepareService(List.of(server.address()), 5)).isFalse();
    assertThat(events)
        .filteredOn(event -> event.kind() == ServerEvent.Kind.PROBLEM)
        .extracting(ServerEvent::text)
        .containsExactly(told);
  }

  @ParameterizedTest
  @CsvSource({
    "facebook/opt-1.3b, true",
    "base-model, true",
    "opt, false",
    "facebook/opt-1.3b-chat, false"
  })
  void vllmServesAModelByItsExactNameOnly(String model, boolean served) {
    server.on(
        "/v1/models",
        200,
        "{\"data\": [{\"id\": \"facebook/opt-1.3b\", \"root\": \"base-model\"}]}");

    assertThat(manager("vllm", Map.of("model", model)).prepareService(List.of(server.address()), 0))
        .isEqualTo(served);
  }

  @Test
  void aDistributedVllmIsAskedAtItsHeadOnly() {
    server.on("/health", 200, "");
    BaseServerManager manager =
        manager("vllm", Map.of("service_config", Map.of("distributed", Map.of("enabled", true))));

    assertThat(manager.verifyHealth(List.of(server.address(), "127.0.0.1:1"), 1)).isTrue();
  }

  @Test
  void settingsHaveDefaults() {
    assertThat(manager("ollama", Map.of()).parseServiceConfig(Map.of()))
        .containsEntry("gpu_layers", 0);
    assertThat(manager("ollama", Map.of()).parseServiceConfig(Map.of("gpu_layers", 35)))
        .containsEntry("gpu_layers", 35);
    assertThat(manager("vllm", Map.of()).parseServiceConfig(Map.of()))
        .containsEntry("max_model_len", 2048)
        .containsEntry("gpu_memory_utilization", 0.9)
        .containsEntry("enforce_eager", false)
        .containsEntry("trust_remote_code", false)
        .extractingByKey("distributed")
        .isEqualTo(
            Map.of(
                "enabled",
                false,
                "backend",
                "ray",
                "tensor_parallel_size",
                1,
                "pipeline_parallel_size",
                1,
                "ray",
                Map.of(
                    "dashboard_port", 8265,
                    "object_manager_port", 8076,
                    "node_manager_port", 8077,
                    "num_cpus_per_node", 4,
                    "num_gpus_per_node", 1)));
  }

  @Test
  void wrongSettingsAreNamed() {
    assertThatThrownBy(() ->
            manager("vllm", Map.of())
                .parseServiceConfig(
                    Map.of(
                        "max_model_len",
                        0,
                        "gpu_memory_utilization",
                        1.5,
                        "distributed",
                        Map.of("tensor_parallel_size", "four"))))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("max_model_len: must be a whole number of at least 1")
        .hasMessageContaining("gpu_memory_utilization: must be a number above 0, at most 1")
        .hasMessageContaining("distributed.tensor_parallel_size: must be");
  }

  @Test
  void moreParallelismThanGpusIsRefusedWithBothNumbers() {
    Map<String, Object> recipe =
        Map.of(
            "orchestration", Map.of("node_allocation", Map.of("servers", Map.of("nodes", 2))),
            "resources", Map.of("servers", Map.of("gpus", 2)),
            "service_config",
                Map.of(
                    "distributed",
                    Map.of(
                        "enabled", true, "tensor_parallel_size", 4, "pipeline_parallel_size", 2)));

    assertThatThrownBy(() -> manager("vllm", Map.of()).parseServiceConfig(recipe))
        .hasMessageContaining("needs 8 GPUs, and there are 4");
  }

  @Test
  void aMeshIsReadyWhenAnInstanceServesTheModel() {
    server.on("/instances", 200, "{\"instances\": [{\"model_name\": \"minilm\"}]}");

    assertThat(
            new MeshServerManager(Map.of("model", "minilm"))
                .prepareService(List.of(server.address()), 1))
        .isTrue();
    assertThat(
            new MeshServerManager(Map.of("model", "other"))
                .prepareService(List.of(server.address()), 0))
        .isFalse();
  }

  private BaseServerManager ollama(String model) {
    return manager("ollama", Map.of("service_config", Map.of("model", model)));
  }

  private BaseServerManager manager(String service, Map<String, Object> config) {
    BaseServerManager manager = ServiceFactory.createServerManager(service, config);
    manager.onEvent(events::add);
    return manager;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
