package io.swarmpilot.taskinstance.backend.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.swarmpilot.runtime.error.Violations;
import io.swarmpilot.taskinstance.backend.Backend;
import io.swarmpilot.taskinstance.backend.Replica;
import io.swarmpilot.taskinstance.backend.ReplicaSpec;
import io.swarmpilot.taskinstance.backend.Workload;
import io.swarmpilot.taskinstance.backend.http.EngineReplica;
import io.swarmpilot.taskinstance.backend.http.EngineSettings;
import io.swarmpilot.taskinstance.backend.http.HttpEngine;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Sends tasks to a server that speaks OpenAI's interface. Chosen by `{"backend": "openai"}`.
///
/// A task's input is the body of a request, its result the server's answer with `timings`; settings
/// are in `docs/engines.md`.
public final class OpenAiBackend implements Backend {
  @Override
  public String name() {
    return "openai";
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
    EngineSettings parsed = EngineSettings.parse(spec, "", Set.of("api"), violations);
    Optional<Api> api = api(spec.config().path("api"), violations);
    violations.throwIfAny();
    EngineSettings settings = parsed.withBaseUrl(withVersion(parsed.baseUrl()));
    HttpEngine engine = new HttpEngine(settings);
    try {
      OpenAiProbe probe = new OpenAiProbe(engine);
      return new EngineReplica(
          probe.check(), engine, new OpenAiDialect(settings, api), probe.probes());
    } catch (RuntimeException e) {
      engine.close();
      throw e;
    }
  }

  /// An address with a path is the interface's own; that of a bare server is completed.
  private static URI withVersion(URI base) {
    return base.getRawPath().isEmpty() ? URI.create(base + "/v1") : base;
  }

  private static Optional<Api> api(JsonNode setting, Violations violations) {
    String name = setting.asText("auto");
    Optional<Api> api =
        Stream.of(Api.values()).filter(one -> one.setting().equals(name)).findFirst();
    violations.require(
        api.isPresent() || setting.isMissingNode() || setting.isNull() || name.equals("auto"),
        "config.api",
        "must be auto or one of "
            + Stream.of(Api.values()).map(Api::setting).collect(Collectors.joining(", ")));
    return api;
  }
}
