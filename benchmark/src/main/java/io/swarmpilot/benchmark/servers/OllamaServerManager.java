package io.swarmpilot.benchmark.servers;

import io.swarmpilot.benchmark.http.Endpoint;
import io.swarmpilot.benchmark.http.HttpCalls;
import io.swarmpilot.benchmark.http.Parallel;
import io.swarmpilot.benchmark.http.Reply;
import io.swarmpilot.benchmark.recipe.Tree;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Manager of Ollama servers: health at `/api/tags`, and each pulls the model that it lacks.
public final class OllamaServerManager extends HttpServerManager {
  private static final String TAGS = "/api/tags";
  private static final Duration PER_CALL = Duration.ofSeconds(10);

  /// A manager for a configuration.
  public OllamaServerManager(Map<String, ? extends @Nullable Object> config) {
    super(config);
  }

  @Override
  public String getHealthCheckEndpoint() {
    return TAGS;
  }

  @Override
  public int getDefaultPort() {
    return 11_434;
  }

  @Override
  public Map<String, Object> parseServiceConfig(Map<String, ? extends @Nullable Object> config) {
    return new ConfigReader(serviceConfig(new Tree(config)))
        .whole("gpu_layers", 0, 0)
        .text("model")
        .done();
  }

  @Override
  public boolean prepareService(List<String> endpoints, int timeoutSeconds) {
    Optional<String> model = model();
    if (model.isEmpty()) {
      problem("", "no model is configured: set model");
      return false;
    }
    List<Boolean> ready =
        Parallel.map(
            endpoints,
            name ->
                endpoint(name)
                    .filter(endpoint -> ready(endpoint, model.get(), timeoutSeconds))
                    .isPresent());
    return !ready.isEmpty() && ready.stream().allMatch(Boolean::booleanValue);
  }

  private boolean ready(Endpoint endpoint, String model, int timeoutSeconds) {
    if (HttpCalls.get(endpoint.path(TAGS), PER_CALL) instanceof Reply.Answered tags
        && ModelLists.ollama(tags.body()).contains(tagged(model))) {
      progress(endpoint.name(), "has " + model);
      return true;
    }
    OllamaPull pull = new OllamaPull(endpoint, model, text -> progress(endpoint.name(), text));
    Optional<String> failure = pull.run(Duration.ofSeconds(timeoutSeconds));
    failure.ifPresent(text -> problem(endpoint.name(), text));
    return failure.isEmpty();
  }

  /// The name as servers list it.
  private static String tagged(String model) {
    return model.contains(":") ? model : model + ":latest";
  }
}
