package io.swarmpilot.scheduler.policy;

import com.google.common.collect.ImmutableMap;

/// Why a policy chose an instance.
///
/// @param reason in words
/// @param confidence how sure it is, 0 to 1
/// @param cost what the execution is expected to cost; 0 where cost is not considered
/// @param notes anything else, by name
public record Explanation(
    String reason, double confidence, double cost, ImmutableMap<String, String> notes) {
  /// A choice without doubt and cost.
  public static Explanation of(String reason) {
    return new Explanation(reason, 1, 0, ImmutableMap.of());
  }
}
