package io.swarmpilot.launcher.contract;

import java.io.IOException;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/// Runs every case of `contract/*.json` over every transport it is for. `-Dcontract.only=regex`
/// leaves the files of matching names.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ContractCasesTest {
  private @Nullable SharedMesh shared;

  @TestFactory
  Stream<DynamicNode> cases() {
    String only = System.getProperty("contract.only", ".*");
    return CaseFile.all().stream()
        .filter(file -> String.valueOf(file.name()).matches(only))
        .map(file ->
            DynamicContainer.dynamicContainer(String.valueOf(file.name()), perTransport(file)));
  }

  /// The transport outermost: the scenarios of a file share one mesh for each.
  private Stream<DynamicNode> perTransport(CaseFile file) {
    return Scenario.ALL_TRANSPORTS.stream()
        .map(transport ->
            DynamicContainer.dynamicContainer(
                transport,
                file.scenarios().stream()
                    .filter(scenario -> scenario.transports().contains(transport))
                    .map(scenario -> test(file, scenario, transport))));
  }

  private DynamicTest test(CaseFile file, Scenario scenario, String transport) {
    return DynamicTest.dynamicTest(
        scenario.name() + " [" + scenario.rule() + "]", () -> run(file, scenario, transport));
  }

  private void run(CaseFile file, Scenario scenario, String transport) throws IOException {
    if (scenario.mesh() == null) {
      run(file, scenario, mesh(file, transport), transport);
      return;
    }
    try (ContractMesh own = ContractMesh.start(scenario.mesh(), transport)) {
      run(file, scenario, own, transport);
    }
  }

  private static void run(
      CaseFile file, Scenario scenario, ContractMesh mesh, String transportName) {
    String title = file.name() + ".json, " + scenario.name() + ", over " + transportName;
    try (Transport transport = mesh.transport(transportName)) {
      StepRunner runner = new StepRunner(title, transport, transportName, mesh.variables());
      scenario.steps().stream().filter(step -> step.isFor(transportName)).forEach(runner::run);
    }
  }

  private ContractMesh mesh(CaseFile file, String transport) throws IOException {
    SharedMesh current = shared;
    if (current == null || !current.isFor(file, transport)) {
      closeShared();
      current = new SharedMesh(file, transport, ContractMesh.start(file.setup(), transport));
      shared = current;
    }
    return current.mesh;
  }

  @AfterAll
  void closeShared() {
    SharedMesh current = shared;
    if (current != null) {
      shared = null;
      current.mesh.close();
    }
  }

  /// The mesh that the scenarios of one file run against, over one transport.
  private record SharedMesh(CaseFile file, String transport, ContractMesh mesh) {
    boolean isFor(CaseFile otherFile, String otherTransport) {
      return Objects.equals(file.name(), otherFile.name()) && transport.equals(otherTransport);
    }
  }
}
