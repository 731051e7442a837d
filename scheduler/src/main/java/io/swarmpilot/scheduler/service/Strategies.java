package io.swarmpilot.scheduler.service;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.swarmpilot.proto.scheduler.v1.StrategyDescription;
import io.swarmpilot.scheduler.policy.Binding;
import io.swarmpilot.scheduler.policy.PolicyRegistry;

/// The strategies that can be chosen, as users see them.
final class Strategies {
  private static final ImmutableMap<String, String> DESCRIPTIONS =
      ImmutableMap.<String, String>builder()
          .put("shortest_queue", "Least expected wait, then least uncertainty of it.")
          .put("round_robin", "Each instance in turn.")
          .put("weighted", "Least expected wait plus half its standard deviation.")
          .put(
              "probabilistic",
              "Drawn with the probability of each instance to be the one that ends the task first.")
          .put("fifo", "In order of arrival, to the least loaded instance.")
          .put(
              "priority",
              "By priority, then arrival; urgent tasks to the fastest instance, others to the least"
                  + " loaded.")
          .put(
              "slo_aware",
              "By the share of its objective that a task has waited; past 70 % to the fastest"
                  + " instance.")
          .put(
              "cost_optimized",
              "By priority, then budget, to the instance that runs the task cheapest.")
          .put("adaptive", "priority, slo_aware or cost_optimized, as load and tasks suggest.")
          .put(
              "proportional_deadline",
              "By arrival plus a multiple of the predicted time, so that short tasks wait least;"
                  + " what cannot meet its objective steps back.")
          .put("edf", "Earliest deadline first; what cannot meet its deadline steps back.")
          .put("srpt", "Shortest predicted time first, less so the less certain it is.")
          .put("longest_first", "Longest predicted time first, so that a batch is done soonest.")
          .put("min_completion", "Least expected time until the task is completed.")
          .put(
              "slo_probability",
              "To an instance on which the task misses its objective with the least probability.")
          .put("power_of_two", "The less loaded one of two instances drawn at random.")
          .put("least_requests", "Fewest tasks assigned and not yet finished.")
          .put("random", "Any instance, each with the same probability.")
          .put(
              "prefix_affinity",
              "To the instance that has seen most of the prompt lately, unless it is saturated.")
          .buildOrThrow();

  private Strategies() {}

  static ImmutableList<StrategyDescription> describe(PolicyRegistry policies) {
    return policies.names().stream()
        .map(name ->
            StrategyDescription.newBuilder()
                .setName(name)
                .setBinding(binding(policies.create(name).binding()))
                .setDescription(DESCRIPTIONS.getOrDefault(name, ""))
                .build())
        .collect(ImmutableList.toImmutableList());
  }

  static String binding(Binding binding) {
    return switch (binding) {
      case EARLY -> "early";
      case LATE -> "late";
    };
  }
}
