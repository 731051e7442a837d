package io.swarmpilot.taskinstance.backend.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import io.swarmpilot.runtime.error.ErrorReason;
import io.swarmpilot.runtime.error.MeshException;
import io.swarmpilot.runtime.error.Violations;
import io.swarmpilot.taskinstance.backend.Backend;
import io.swarmpilot.taskinstance.backend.Replica;
import io.swarmpilot.taskinstance.backend.ReplicaSpec;
import io.swarmpilot.taskinstance.backend.Software;
import io.swarmpilot.taskinstance.backend.Workload;
import io.swarmpilot.taskinstance.backend.http.EngineReplica;
import io.swarmpilot.taskinstance.backend.http.EngineSettings;
import io.swarmpilot.taskinstance.backend.http.HttpEngine;
import io.swarmpilot.taskinstance.backend.http.ProbeAnswer;
import java.net.URI;

/// Sends tasks to Ollama by its own interface. Chosen by `{"backend": "ollama"}`.
///
/// A task's input is the body for `/api/chat` (with `messages`) or `/api/generate` (with `prompt`),
/// its result Ollama's answer with its durations in ns, and `timings`; settings are in
/// `docs/engines.md`.
public final class OllamaBackend implements Backend {
  private static final String DEFAULT_URL = "http://127.0.0.1:11434";
  private static final String DEFAULT_TAG = ":latest";

  @Override
  public String name() {
    return "ollama";
  }

  @Override
  public boolean runs(String modelType) {
    return false;
  }

  @Override
  public Workload workload() {
    return Workload.WAITING;
  }

  @Override
  public Replica open(ReplicaSpec spec) {
    Violations violations = new Violations();
    EngineSettings settings = EngineSettings.parse(spec, DEFAULT_URL, violations);
    violations.require(!spec.config().has("api"), "config.api", "belongs to the backend openai");
    violations.throwIfAny();
    HttpEngine engine = new HttpEngine(settings);
    try {
      requireModel(engine);
      return new EngineReplica(software(engine), engine, new OllamaDialect(settings));
    } catch (RuntimeException e) {
      engine.close();
      throw e;
    }
  }

  private static void requireModel(HttpEngine engine) {
    ProbeAnswer tags = ask(engine, "/api/tags");
    if (!tags.isOk()) {
      throw engine.unavailable("refused: " + tags.describe());
    }
    String wanted = engine.settings().model();
    for (JsonNode model : tags.json().path("models")) {
      String name = model.path("name").asText();
      if (name.equals(wanted) || name.equals(wanted + DEFAULT_TAG)) {
        return;
      }
    }
    throw MeshException.of(
        ErrorReason.MODEL_NOT_FOUND,
        "Ollama does not have the model '" + wanted + "'; run: ollama pull " + wanted);
  }

  private static Software software(HttpEngine engine) {
    ProbeAnswer answer = ask(engine, "/api/version");
    return new Software("ollama", answer.json().path("version").asText(""));
  }

  private static ProbeAnswer ask(HttpEngine engine, String path) {
    return engine.probe(URI.create(engine.settings().baseUrl() + path));
  }
}
