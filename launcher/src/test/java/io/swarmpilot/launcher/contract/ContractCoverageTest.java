package io.swarmpilot.launcher.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import io.swarmpilot.runtime.error.ErrorReason;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// No endpoint and no reason of refusal is without a case.
final class ContractCoverageTest {
  /// Reasons that no call of a public service can provoke from outside, and why.
  private static final ImmutableMap<ErrorReason, String> OUT_OF_REACH =
      ImmutableMap.of(
          ErrorReason.SUPERSEDED,
          "ends the dispatch stream between scheduler and instance, which is no public service",
          ErrorReason.STALE_EPOCH,
          "refuses a dispatch stream, which is no public service",
          ErrorReason.INSTANCE_NOT_FOUND,
          "only the gateway says it, of /instances/{ti_uuid}; to services it is a business error, 200",
          ErrorReason.WORKLOAD_RUNNING,
          "only a benchmark executor says it, which is no service of the mesh",
          ErrorReason.DRAINING,
          "needs a service that is shutting down while a call arrives",
          ErrorReason.STORAGE_UNAVAILABLE,
          "needs a directory that becomes unusable under a running predictor",
          ErrorReason.INTERNAL,
          "a fault of ours: no call is known to cause one",
          ErrorReason.MESSAGE_TOO_LARGE,
          "the gateway and gRPC refuse such bodies themselves, before a service sees them");

  @Test
  void everyBindingHasACase() {
    ImmutableSet<String> called =
        CaseFile.all().stream()
            .flatMap(CaseFile::steps)
            .flatMap(step -> route(step).stream())
            .map(Route::toString)
            .collect(ImmutableSet.toImmutableSet());
    ImmutableSet<String> bound =
        Routes.all().stream().map(Route::toString).collect(ImmutableSet.toImmutableSet());
    assertThat(Sets.difference(bound, called)).as("bindings without a case").isEmpty();
  }

  @Test
  void everyReasonHasACase() {
    ImmutableSet<String> expected =
        CaseFile.all().stream()
            .flatMap(CaseFile::steps)
            .map(step -> step.expect().reason())
            .filter(Objects::nonNull)
            .collect(ImmutableSet.toImmutableSet());
    for (ErrorReason reason : ErrorReason.values()) {
      assertThat(expected.contains(reason.name()) || OUT_OF_REACH.containsKey(reason))
          .as("a case that expects %s, or the reason why there is none", reason)
          .isTrue();
      assertThat(expected.contains(reason.name()) && OUT_OF_REACH.containsKey(reason))
          .as("%s is said to be out of reach, yet a case expects it", reason)
          .isFalse();
    }
  }

  @Test
  void namesAreUnique() {
    assertThat(CaseFile.all())
        .allSatisfy(file ->
            assertThat(file.scenarios()).extracting(Scenario::name).doesNotHaveDuplicates());
  }

  private static Optional<Route> route(Step step) {
    if (step.role().equals("all") || step.verb().equals("RPC")) {
      return Optional.empty();
    }
    return Routes.find(
        new Call(
            step.role(),
            step.verb(),
            step.path().replaceAll("\\$\\{[a-z0-9_]+}", "x"),
            ImmutableMap.of(),
            Optional.empty(),
            ImmutableList.of()));
  }
}
