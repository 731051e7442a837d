package io.swarmpilot.benchmark.servers;

import io.swarmpilot.benchmark.recipe.Tree;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Checks and prepares the servers of one kind of service. Extend it for a service of your own and
/// register that with [io.swarmpilot.benchmark.service.ServiceFactory].
///
/// Endpoints are `host:port` or whole URLs. What is needed of the configuration is checked where it
/// is needed: a manager without a model can be made, and fails to prepare.
public abstract class BaseServerManager {
  /// Longest wait where none is given, seconds.
  public static final int DEFAULT_TIMEOUT_SECONDS = 600;

  private final Tree config;
  private volatile Consumer<ServerEvent> listener = event -> {};

  /// A manager for a configuration: `health_check`, `service_config`, `model`.
  protected BaseServerManager(Map<String, ? extends @Nullable Object> config) {
    this.config = new Tree(config);
  }

  /// Whether all servers are healthy, waiting for them at most `timeoutSeconds`.
  public abstract boolean verifyHealth(List<String> endpoints, int timeoutSeconds);

  /// Makes all servers ready for load, models loaded; false when one cannot be within
  /// `timeoutSeconds`.
  public abstract boolean prepareService(List<String> endpoints, int timeoutSeconds);

  /// The service's settings with defaults, from a `service_config` or a configuration with one.
  ///
  /// @throws io.swarmpilot.benchmark.recipe.InvalidSettingsException naming what is wrong
  public abstract Map<String, Object> parseServiceConfig(
      Map<String, ? extends @Nullable Object> config);

  /// Path that tells whether a server is healthy.
  public abstract String getHealthCheckEndpoint();

  /// Port of a server that is named without one; 0 when there is no usual port.
  public int getDefaultPort() {
    return 0;
  }

  /// Whether all servers are healthy, waiting at most 600 s.
  public final boolean verifyHealth(List<String> endpoints) {
    return verifyHealth(endpoints, DEFAULT_TIMEOUT_SECONDS);
  }

  /// Makes all servers ready for load within 600 s.
  public final boolean prepareService(List<String> endpoints) {
    return prepareService(endpoints, DEFAULT_TIMEOUT_SECONDS);
  }

  /// Name of the service: what stands before `ServerManager` in the class name, in lower case.
  public String getServiceName() {
    return getClass().getSimpleName().replaceFirst("ServerManager$", "").toLowerCase(Locale.ROOT);
  }

  /// Who is told what happens, progress and problems; called from several threads.
  public final void onEvent(Consumer<ServerEvent> listener) {
    this.listener = listener;
  }

  /// Tells how far a server is.
  protected final void progress(String endpoint, String text) {
    listener.accept(new ServerEvent(ServerEvent.Kind.PROGRESS, endpoint, text));
  }

  /// Tells why a server is not healthy or ready.
  protected final void problem(String endpoint, String text) {
    listener.accept(new ServerEvent(ServerEvent.Kind.PROBLEM, endpoint, text));
  }

  /// The configuration.
  protected final Tree config() {
    return config;
  }

  /// The settings of the service within a configuration.
  protected static Tree serviceConfig(Tree config) {
    return config
        .tree("service_config")
        .or(() -> config.tree("servers.service_config"))
        .orElse(config);
  }

  /// The model to load: `model`, or that of the service's settings, or that of the workload.
  protected final Optional<String> model() {
    return config
        .text("model")
        .or(() -> config.text("service_config.model"))
        .or(() -> config.text("servers.service_config.model"))
        .or(() -> config.text("workload.model"))
        .filter(name -> !name.isBlank());
  }
}
