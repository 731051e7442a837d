package io.swarmpilot.benchmark.service;

import io.swarmpilot.benchmark.controller.BaseWorkloadController;
import io.swarmpilot.benchmark.controller.DummyWorkloadController;
import io.swarmpilot.benchmark.controller.MeshWorkloadController;
import io.swarmpilot.benchmark.controller.OllamaWorkloadController;
import io.swarmpilot.benchmark.controller.OpenAiWorkloadController;
import io.swarmpilot.benchmark.controller.VllmWorkloadController;
import io.swarmpilot.benchmark.executor.BaseWorkloadExecutor;
import io.swarmpilot.benchmark.executor.DummyWorkloadExecutor;
import io.swarmpilot.benchmark.executor.MeshWorkloadExecutor;
import io.swarmpilot.benchmark.executor.OllamaWorkloadExecutor;
import io.swarmpilot.benchmark.executor.OpenAiWorkloadExecutor;
import io.swarmpilot.benchmark.executor.VllmWorkloadExecutor;
import io.swarmpilot.benchmark.servers.BaseServerManager;
import io.swarmpilot.benchmark.servers.DummyServerManager;
import io.swarmpilot.benchmark.servers.MeshServerManager;
import io.swarmpilot.benchmark.servers.OllamaServerManager;
import io.swarmpilot.benchmark.servers.OpenAiServerManager;
import io.swarmpilot.benchmark.servers.VllmServerManager;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Makes the parts of a benchmark for a service by its name.
///
/// ```java
/// BaseServerManager manager = ServiceFactory.createServerManager("ollama", config);
/// BaseWorkloadController controller =
///     ServiceFactory.createWorkloadController("ollama", List.of("node001", "node002"), 5000, 600);
/// ServiceFactory.createWorkloadExecutor("ollama", 6000).run();
/// ```
public final class ServiceFactory {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,63}");
  private static final SortedMap<String, ServiceParts> SERVICES = new ConcurrentSkipListMap<>();

  static {
    registerService(
        "ollama",
        new ServiceParts(
            OllamaServerManager::new, OllamaWorkloadController::new, OllamaWorkloadExecutor::new));
    registerService(
        "vllm",
        new ServiceParts(
            VllmServerManager::new, VllmWorkloadController::new, VllmWorkloadExecutor::new));
    registerService(
        "openai",
        new ServiceParts(
            OpenAiServerManager::new, OpenAiWorkloadController::new, OpenAiWorkloadExecutor::new));
    registerService(
        "mesh",
        new ServiceParts(
            MeshServerManager::new, MeshWorkloadController::new, MeshWorkloadExecutor::new));
    registerService(
        "dummy",
        new ServiceParts(
            DummyServerManager::new, DummyWorkloadController::new, DummyWorkloadExecutor::new));
  }

  private ServiceFactory() {}

  /// Makes the server manager of a service.
  ///
  /// @throws IllegalArgumentException when there is no such service
  public static BaseServerManager createServerManager(
      String serviceName, Map<String, ? extends @Nullable Object> config) {
    return parts(serviceName).server().create(config);
  }

  /// Makes the workload controller of a service.
  ///
  /// @param port of the executors
  /// @param timeoutSeconds longest time of an operation
  /// @throws IllegalArgumentException when there is no such service
  public static BaseWorkloadController createWorkloadController(
      String serviceName, List<String> clientNodes, int port, int timeoutSeconds) {
    return parts(serviceName).controller().create(clientNodes, port, timeoutSeconds);
  }

  /// Makes the workload controller of a service whose executors are on port 5000 and whose
  /// operations may take 600 s.
  public static BaseWorkloadController createWorkloadController(
      String serviceName, List<String> clientNodes) {
    return createWorkloadController(
        serviceName,
        clientNodes,
        BaseWorkloadExecutor.DEFAULT_PORT,
        BaseWorkloadController.DEFAULT_TIMEOUT_SECONDS);
  }

  /// Makes a workload executor of a service; `run()` serves.
  ///
  /// @throws IllegalArgumentException when there is no such service
  public static BaseWorkloadExecutor createWorkloadExecutor(String serviceName, int port) {
    return parts(serviceName).executor().create(port);
  }

  /// Makes a workload executor of a service on port 5000.
  public static BaseWorkloadExecutor createWorkloadExecutor(String serviceName) {
    return createWorkloadExecutor(serviceName, BaseWorkloadExecutor.DEFAULT_PORT);
  }

  /// Registers a service by its classes, in place of one of the same name. Their constructors take
  /// `(Map)`, `(List, int, int)` and `(int)`.
  ///
  /// @throws IllegalArgumentException when a class lacks its constructor, or the name is none
  public static void registerService(
      String name,
      Class<? extends BaseServerManager> serverClass,
      Class<? extends BaseWorkloadController> controllerClass,
      Class<? extends BaseWorkloadExecutor> executorClass) {
    registerService(name, ServiceParts.of(serverClass, controllerClass, executorClass));
  }

  /// Registers a service by what makes its parts, in place of one of the same name.
  ///
  /// @param name `[a-z][a-z0-9_-]*`, at most 64 characters
  /// @throws IllegalArgumentException when the name is none
  public static void registerService(String name, ServiceParts parts) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "'" + name + "' is no name of a service: use a-z, 0-9, _ and -");
    }
    SERVICES.put(name, parts);
  }

  /// The names of all services, in order.
  public static List<String> listServices() {
    return List.copyOf(SERVICES.keySet());
  }

  private static ServiceParts parts(String name) {
    ServiceParts parts = SERVICES.get(name);
    if (parts == null) {
      throw new IllegalArgumentException(
          "Unknown service: " + name + ". Available services: " + listServices());
    }
    return parts;
  }
}
