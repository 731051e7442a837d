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

/// Manager of a SwarmPilot mesh: ready once an instance of it serves the model.
public final class MeshServerManager extends HttpServerManager {
  private static final String INSTANCES = "/instances";
  private static final Duration PER_CALL = Duration.ofSeconds(10);

  /// A manager for a configuration.
  public MeshServerManager(Map<String, ? extends @Nullable Object> config) {
    super(config);
  }

  @Override
  public String getHealthCheckEndpoint() {
    return "/health";
  }

  @Override
  public int getDefaultPort() {
    return 8_080;
  }

  @Override
  public Map<String, Object> parseServiceConfig(Map<String, ? extends @Nullable Object> config) {
    return new ConfigReader(serviceConfig(new Tree(config))).text("model").done();
  }

  @Override
  public boolean prepareService(List<String> endpoints, int timeoutSeconds) {
    Optional<String> model = model();
    if (model.isEmpty()) {
      problem("", "no model is configured: set model");
      return false;
    }
    return every(endpoints, timeoutSeconds, endpoint -> lacks(endpoint, model.get()));
  }

  private static Optional<String> lacks(Endpoint endpoint, String model) {
    Reply reply = HttpCalls.get(endpoint.path(INSTANCES), PER_CALL);
    if (!(reply instanceof Reply.Answered answered) || !answered.isOk()) {
      return Optional.of(reply.problem());
    }
    Set<String> models = ModelLists.mesh(answered.body());
    return models.contains(model)
        ? Optional.empty()
        : Optional.of(
            "has no instance of " + model + "; there are " + (models.isEmpty() ? "none" : models));
  }
}
