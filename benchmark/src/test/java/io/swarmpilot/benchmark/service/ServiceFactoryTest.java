package io.swarmpilot.benchmark.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmpilot.benchmark.controller.DummyWorkloadController;
import io.swarmpilot.benchmark.executor.DummyWorkloadExecutor;
import io.swarmpilot.benchmark.servers.BaseServerManager;
import io.swarmpilot.benchmark.servers.DummyServerManager;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Services by name.
class ServiceFactoryTest {
  @Test
  void theServicesOfTheToolkitAreThere() {
    assertThat(ServiceFactory.listServices()).contains("dummy", "mesh", "ollama", "openai", "vllm");
    for (String service : List.of("dummy", "mesh", "ollama", "openai", "vllm")) {
      assertThat(ServiceFactory.createServerManager(service, Map.of()).getServiceName())
          .isEqualTo(service);
      assertThat(
              ServiceFactory.createWorkloadController(service, List.of("node001")).getServiceName())
          .isEqualTo(service);
    }
  }

  @Test
  void anUnknownServiceIsNamedWithThoseThereAre() {
    assertThatThrownBy(() -> ServiceFactory.createWorkloadExecutor("tgi", 6000))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Unknown service: tgi. Available services: [dummy, ");
  }

  @Test
  void aServiceIsRegisteredByItsClasses() {
    ServiceFactory.registerService(
        "myservice",
        DummyServerManager.class,
        DummyWorkloadController.class,
        DummyWorkloadExecutor.class);

    assertThat(ServiceFactory.createServerManager("myservice", Map.of()))
        .isInstanceOf(DummyServerManager.class);
    assertThat(ServiceFactory.createWorkloadController("myservice", List.of("n"), 5000, 600))
        .isInstanceOf(DummyWorkloadController.class);
    assertThat(ServiceFactory.listServices()).contains("myservice");
  }

  @Test
  void classesThatCannotBeMadeAreRefusedAtOnce() {
    assertThatThrownBy(() ->
            ServiceFactory.registerService(
                "mine",
                BaseServerManager.class,
                DummyWorkloadController.class,
                DummyWorkloadExecutor.class))
        .hasMessageContaining("BaseServerManager is abstract");
    assertThatThrownBy(() ->
            ServiceFactory.registerService(
                "Mine!",
                DummyServerManager.class,
                DummyWorkloadController.class,
                DummyWorkloadExecutor.class))
        .hasMessageContaining("is no name of a service");
  }
}
