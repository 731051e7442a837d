package io.swarmpilot.taskinstance.backend.ollama;

import io.swarmpilot.runtime.error.Violations;
import io.swarmpilot.taskinstance.backend.Backend;
import io.swarmpilot.taskinstance.backend.Replica;
import io.swarmpilot.taskinstance.backend.ReplicaSpec;
import io.swarmpilot.taskinstance.backend.Software;
import io.swarmpilot.taskinstance.backend.Workload;
import io.swarmpilot.taskinstance.backend.http.ConfigReader;
import io.swarmpilot.taskinstance.backend.http.EngineReplica;
import io.swarmpilot.taskinstance.backend.http.EngineSettings;
import io.swarmpilot.taskinstance.backend.http.HttpEngine;
import io.swarmpilot.taskinstance.backend.http.ProbeAnswer;
import java.net.URI;
import java.util.Optional;

/// Sends tasks to Ollama by its own interface. Chosen by `{"backend": "ollama"}`.
///
/// A task's input is the body for `/api/chat` (with `messages`) or `/api/generate` (with `prompt`),
/// its result Ollama's answer with its durations in ns, and `timings`; settings are in
/// `docs/engines.md`.
public final class OllamaBackend implements Backend {
  private static final String DEFAULT_URL = "http://127.0.0.1:11434";

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
    violations.require(!spec.config().has("api"), "config.api", "belongs to the backend openai");
    PullSettings pull = PullSettings.parse(new ConfigReader(spec.config(), violations));
    EngineSettings settings =
        EngineSettings.parse(spec, DEFAULT_URL, PullSettings.NAMES, violations);
    violations.throwIfAny();
    HttpEngine engine = new HttpEngine(settings);
    try {
      new ModelLibrary(engine).provide(pull);
      return new EngineReplica(
          software(engine),
          engine,
          new OllamaDialect(settings),
          engine.probes(version(engine), Optional.empty()));
    } catch (RuntimeException e) {
      engine.close();
      throw e;
    }
  }

  private static Software software(HttpEngine engine) {
    ProbeAnswer answer = engine.probe(version(engine));
    return new Software("ollama", answer.json().path("version").asText(""));
  }

  private static URI version(HttpEngine engine) {
    return URI.create(engine.settings().baseUrl() + "/api/version");
  }
}
