package io.swarmpilot.scheduler.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmpilot.runtime.error.FieldViolation;
import io.swarmpilot.runtime.error.Violations;
import io.swarmpilot.scheduler.core.TaskTraits;
import io.swarmpilot.scheduler.payload.FeatureReader;
import io.swarmpilot.scheduler.policy.PolicyRegistry;
import io.swarmpilot.scheduler.policy.PolicySettings;
import org.junit.jupiter.api.Test;

/// The strategy a single task asks for.
final class StrategyOverrideTest {
  private static final PolicyRegistry POLICIES = PolicyRegistry.discover(PolicySettings.DEFAULTS);

  private final Violations violations = new Violations();

  @Test
  void aNameIsResolvedHoweverItIsWritten() {
    assertThat(resolve("Round-Robin", false).strategy()).isEqualTo("round_robin");
    assertThat(violations.found()).isEmpty();
  }

  @Test
  void theRestIsKept() {
    TaskTraits asked = asking("FIFO");
    TaskTraits resolved = new StrategyOverride(POLICIES, false).resolve(asked, "f", violations);
    assertThat(resolved.user()).isEqualTo("ann");
    assertThat(resolved).isNotEqualTo(asked);
    assertThat(asking("fifo")).isEqualTo(resolved);
  }

  @Test
  void anUnknownNameIsRefusedWithTheNamesThereAre() {
    assertThat(resolve("fastest", false).strategy()).isEmpty();
    FieldViolation violation = violations.found().getFirst();
    assertThat(violation.field()).isEqualTo("metadata.strategy");
    assertThat(violation.message()).contains("'fastest'").contains(POLICIES.names());
  }

  @Test
  void aLockedChoiceIsIgnoredWhateverItIs() {
    assertThat(resolve("round_robin", true).strategy()).isEmpty();
    assertThat(resolve("fastest", true).strategy()).isEmpty();
    assertThat(violations.found()).isEmpty();
  }

  @Test
  void whoAsksForNothingGetsTheOneInForce() {
    assertThat(resolve("", false)).isEqualTo(asking(""));
    assertThat(violations.found()).isEmpty();
  }

  private TaskTraits resolve(String name, boolean locked) {
    return new StrategyOverride(POLICIES, locked)
        .resolve(asking(name), "metadata.strategy", violations);
  }

  private static TaskTraits asking(String strategy) {
    return FeatureReader.read(
            "{\"strategy\": \"" + strategy + "\", \"user_id\": \"ann\"}",
            "{}",
            "metadata",
            new Violations())
        .traits();
  }
}
