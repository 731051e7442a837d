package io.swarmpilot.benchmark.servers;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Manager of no server at all: always healthy and ready. For flows without anything to measure.
public final class DummyServerManager extends BaseServerManager {
  /// A manager for a configuration.
  public DummyServerManager(Map<String, ? extends @Nullable Object> config) {
    super(config);
  }

  @Override
  public boolean verifyHealth(List<String> endpoints, int timeoutSeconds) {
    return true;
  }

  @Override
  public boolean prepareService(List<String> endpoints, int timeoutSeconds) {
    return true;
  }

  @Override
  public Map<String, Object> parseServiceConfig(Map<String, ? extends @Nullable Object> config) {
    return Map.of();
  }

  @Override
  public String getHealthCheckEndpoint() {
    return "/health";
  }
}
