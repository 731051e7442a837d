package io.swarmpilot.scheduler.service;

import io.swarmpilot.runtime.error.FieldViolation;
import io.swarmpilot.runtime.error.Violations;
import io.swarmpilot.scheduler.core.TaskTraits;
import io.swarmpilot.scheduler.policy.PolicyRegistry;
import java.util.Optional;

/// The strategies a task may ask to be placed by, instead of the one in force.
///
/// @param policies all of them
/// @param locked whether the operator keeps the choice to himself: what tasks ask for is ignored
record StrategyOverride(PolicyRegistry policies, boolean locked) {
  /// The traits with the canonical name of the strategy they ask for. Notes a violation when there
  /// is none of that name.
  TaskTraits resolve(TaskTraits traits, String field, Violations violations) {
    if (traits.strategy().isEmpty()) {
      return traits;
    }
    if (locked) {
      return placedBy("", traits);
    }
    Optional<String> found = policies.find(traits.strategy());
    if (found.isEmpty()) {
      violations.add(FieldViolation.invalid(field, unknown(traits.strategy())));
    }
    return placedBy(found.orElse(""), traits);
  }

  private String unknown(String name) {
    return "'" + name + "' is no strategy (expected: " + String.join(", ", policies.names()) + ")";
  }

  private static TaskTraits placedBy(String strategy, TaskTraits traits) {
    return new TaskTraits(
        traits.priority(),
        traits.sloMs(),
        traits.timeoutMs(),
        traits.costBudget(),
        traits.user(),
        traits.maxTokens(),
        traits.inputTokens(),
        traits.sheddable(),
        strategy,
        traits.prefix());
  }
}
