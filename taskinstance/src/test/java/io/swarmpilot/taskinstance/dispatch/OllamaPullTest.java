package io.swarmpilot.taskinstance.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.StatusRuntimeException;
import io.swarmpilot.runtime.error.ErrorMapping;
import io.swarmpilot.runtime.error.ErrorReason;
import io.swarmpilot.taskinstance.backend.http.ScriptedEngine;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Models that Ollama downloads before they start.
@Timeout(60)
class OllamaPullTest {
  private static final String PULL = "/api/pull";
  private static final String NDJSON = "application/x-ndjson";
  private static final String NO_MODELS = "{\"models\":[]}";

  private EngineFixture mesh;
  private ScriptedEngine ollama;

  @BeforeEach
  void start() throws IOException {
    mesh = new EngineFixture();
    ollama = ScriptedEngine.likeOllama("tiny").json("/api/tags", 200, NO_MODELS);
  }

  @AfterEach
  void stop() throws IOException {
    mesh.close();
    ollama.close();
  }

  @Test
  void aModelIsDownloadedWhenThatIsAllowed() {
    ollama.on(
        PULL,
        reply -> {
          reply.stream(NDJSON)
              .send("{\"status\":\"pulling manifest\"}\n")
              .sendByBytes("{\"status\":\"pulling 8eeb\",\"total\":200,\"completed\":82}\n");
          ollama.json("/api/tags", 200, "{\"models\":[{\"name\":\"tiny:latest\"}]}");
          reply.send("{\"status\":\"success\"}\n").end();
        });

    mesh.startModel("tiny", config("\"pull\":true"));

    assertThat(mesh.status().getReplicasRunning()).isEqualTo(1);
    assertThat(ollama.received(PULL).getFirst().body())
        .isEqualTo("{\"model\":\"tiny\",\"stream\":true}");
  }

  @Test
  void aModelThatIsNowhereIsNotFound() {
    ollama.on(
        PULL,
        reply ->
            reply.stream(NDJSON)
                .send("{\"status\":\"pulling manifest\"}\n")
                .send("{\"error\":\"pull model manifest: file does not exist\"}\n")
                .end());

    StatusRuntimeException refused = refusal("\"pull\":true");

    assertThat(ErrorMapping.reason(refused)).contains(ErrorReason.MODEL_NOT_FOUND);
    assertThat(refused.getStatus().getDescription())
        .endsWith("cannot pull it: failed: pull model manifest: file does not exist");
  }

  @Test
  void aDownloadThatBreaksOffOrTakesTooLongFails() throws Exception {
    ollama.on(
        PULL, reply -> reply.stream(NDJSON).send("{\"status\":\"pulling manifest\"}\n").drop());
    StatusRuntimeException broken = refusal("\"pull\":true");
    assertThat(ErrorMapping.reason(broken)).contains(ErrorReason.INSUFFICIENT_RESOURCES);
    assertThat(broken.getStatus().getDescription()).startsWith("pulling 'tiny' failed: crashed: ");

    CompletableFuture<Boolean> noticed = new CompletableFuture<>();
    ollama.on(
        PULL,
        reply -> {
          reply.stream(NDJSON).send("{\"status\":\"pulling 8eeb\",\"total\":9,\"completed\":1}\n");
          reply.awaitDisconnect();
          noticed.complete(true);
        });
    StatusRuntimeException late = refusal("\"pull\":true,\"pull_timeout_ms\":150");
    assertThat(late.getStatus().getDescription())
        .isEqualTo("pulling 'tiny' failed: timeout: no complete answer within 150 ms");
    assertThat(noticed.get(10, TimeUnit.SECONDS)).isTrue();
    assertThat(mesh.status().getReplicasRunning()).isZero();
  }

  @Test
  void wrongSettingsAreNamed() {
    assertThat(refusal("\"pull\":\"yes\"").getStatus().getDescription())
        .isEqualTo("config.pull: must be true or false");
    assertThat(
            mesh.refused("{\"backend\":\"openai\",\"base_url\":\"%s\",\"pull\":true}")
                .getStatus()
                .getDescription())
        .startsWith("config.pull: unknown setting");
  }

  private StatusRuntimeException refusal(String settings) {
    return mesh.refused(config(settings));
  }

  private String config(String settings) {
    return "{\"backend\":\"ollama\",\"model\":\"tiny\",\"base_url\":\"%s\",%s}"
        .formatted(ollama.url(), settings);
  }
}
