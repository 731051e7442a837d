package io.swarmpilot.taskinstance.backend.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.swarmpilot.runtime.error.ErrorReason;
import io.swarmpilot.runtime.error.MeshException;
import io.swarmpilot.taskinstance.backend.Software;
import io.swarmpilot.taskinstance.backend.http.EngineProbes;
import io.swarmpilot.taskinstance.backend.http.HttpEngine;
import io.swarmpilot.taskinstance.backend.http.ProbeAnswer;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// Asks a server whether it is ready, has the model, and what it is.
///
/// @param engine the server
record OpenAiProbe(HttpEngine engine) {
  private static final String VERSIONED = "/v1";
  private static final Set<String> KNOWN_ENGINES = Set.of("vllm", "sglang", "llamacpp");

  /// What the server is.
  ///
  /// @throws MeshException when it is not ready or does not have the model
  Software check() {
    requireHealth();
    Optional<JsonNode> model = findModel();
    String owner = model.map(found -> found.path("owned_by").asText()).orElse("");
    return new Software(KNOWN_ENGINES.contains(owner) ? owner : "openai", version());
  }

  /// Where it is asked from then on.
  EngineProbes probes() {
    return isBesideOthers()
        ? engine.probes(besides("/health"), Optional.of(besides("/metrics")))
        : engine.probes(URI.create(base() + "/models"), Optional.empty());
  }

  private void requireHealth() {
    if (!isBesideOthers()) {
      return;
    }
    ProbeAnswer health = engine.probe(besides("/health"));
    if (health.status() >= 500) {
      throw engine.unavailable("not ready: " + base() + ": " + health.describe());
    }
  }

  /// The model in the server's list; nothing when the server keeps none.
  private Optional<JsonNode> findModel() {
    ProbeAnswer answer = engine.probe(URI.create(base() + "/models"));
    if (answer.isUnknown()) {
      return Optional.empty();
    }
    if (!answer.isOk()) {
      throw engine.unavailable("refused: " + base() + "/models: " + answer.describe());
    }
    JsonNode models = answer.json().path("data");
    return Optional.of(
        StreamSupport.stream(models.spliterator(), false)
            .filter(this::isWanted)
            .findFirst()
            .orElseThrow(() -> missing(models)));
  }

  private boolean isWanted(JsonNode model) {
    String wanted = engine.settings().model();
    return model.path("id").asText().equals(wanted) || model.path("root").asText().equals(wanted);
  }

  private MeshException missing(JsonNode models) {
    String offered =
        StreamSupport.stream(models.spliterator(), false)
            .limit(20)
            .map(model -> model.path("id").asText())
            .collect(Collectors.joining(", "));
    return MeshException.of(
        ErrorReason.MODEL_NOT_FOUND,
        "The engine at "
            + base()
            + " does not have the model '"
            + engine.settings().model()
            + "'; config.model may name one of: "
            + offered);
  }

  private String version() {
    if (!isBesideOthers()) {
      return "";
    }
    ProbeAnswer answer = engine.probe(besides("/version"));
    return answer.isOk() ? answer.json().path("version").asText("") : "";
  }

  /// Whether the server has paths of its own beside those of the interface.
  private boolean isBesideOthers() {
    return VERSIONED.equals(base().getRawPath());
  }

  private URI besides(String path) {
    return base().resolve(path);
  }

  private URI base() {
    return engine.settings().baseUrl();
  }
}
