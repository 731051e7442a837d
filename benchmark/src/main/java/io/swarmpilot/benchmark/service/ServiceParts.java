package io.swarmpilot.benchmark.service;

import io.swarmpilot.benchmark.controller.BaseWorkloadController;
import io.swarmpilot.benchmark.executor.BaseWorkloadExecutor;
import io.swarmpilot.benchmark.servers.BaseServerManager;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How the parts of one service are made.
///
/// @param server makes its server manager
/// @param controller makes its workload controller
/// @param executor makes its workload executor
public record ServiceParts(Servers server, Controllers controller, Executors executor) {
  /// Makes server managers.
  @FunctionalInterface
  public interface Servers {
    /// A manager for a configuration.
    BaseServerManager create(Map<String, ? extends @Nullable Object> config);
  }

  /// Makes workload controllers.
  @FunctionalInterface
  public interface Controllers {
    /// A controller of nodes.
    BaseWorkloadController create(List<String> clientNodes, int port, int timeoutSeconds);
  }

  /// Makes workload executors.
  @FunctionalInterface
  public interface Executors {
    /// An executor for a port.
    BaseWorkloadExecutor create(int port);
  }

  /// Parts of classes with the constructors `(Map)`, `(List, int, int)` and `(int)`.
  ///
  /// @throws IllegalArgumentException when a class lacks its constructor or is abstract
  static ServiceParts of(
      Class<? extends BaseServerManager> server,
      Class<? extends BaseWorkloadController> controller,
      Class<? extends BaseWorkloadExecutor> executor) {
    Made<? extends BaseServerManager> servers = Made.of(server, Map.class);
    Made<? extends BaseWorkloadController> controllers =
        Made.of(controller, List.class, int.class, int.class);
    Made<? extends BaseWorkloadExecutor> executors = Made.of(executor, int.class);
    return new ServiceParts(servers::with, controllers::with, executors::with);
  }
}
