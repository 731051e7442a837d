package io.swarmpilot.benchmark.servers;

import io.swarmpilot.benchmark.http.Endpoint;
import io.swarmpilot.benchmark.http.HttpCalls;
import io.swarmpilot.benchmark.http.Reply;
import io.swarmpilot.benchmark.recipe.Tree;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Manager of servers that speak OpenAI's API: ready once they list the model by its exact name.
public class OpenAiServerManager extends HttpServerManager {
  private static final String MODELS = "/v1/models";
  private static final Duration PER_CALL = Duration.ofSeconds(10);

  /// A manager for a configuration.
  public OpenAiServerManager(Map<String, ? extends @Nullable Object> config) {
    super(config);
  }

  @Override
  public String getHealthCheckEndpoint() {
    return MODELS;
  }

  @Override
  public int getDefaultPort() {
    return 8_000;
  }

  @Override
  public Map<String, Object> parseServiceConfig(Map<String, ? extends @Nullable Object> config) {
    return new ConfigReader(serviceConfig(new Tree(config))).text("model").done();
  }

  @Override
  public final boolean prepareService(List<String> endpoints, int timeoutSeconds) {
    Optional<String> model = model();
    if (model.isEmpty()) {
      problem("", "no model is configured: set model");
      return false;
    }
    return every(endpoints, timeoutSeconds, endpoint -> lacks(endpoint, model.get()));
  }

  private static Optional<String> lacks(Endpoint endpoint, String model) {
    Reply reply = HttpCalls.get(endpoint.path(MODELS), PER_CALL);
    if (!(reply instanceof Reply.Answered answered) || !answered.isOk()) {
      return Optional.of(reply.problem());
    }
    Set<String> models = ModelLists.openAi(answered.body());
    return models.contains(model)
        ? Optional.empty()
        : Optional.of(
            "does not serve " + model + "; it lists " + (models.isEmpty() ? "nothing" : models));
  }
}
