package io.swarmpilot.client;

import io.swarmpilot.proto.scheduler.v1.DryRunResponse;
import java.util.List;

/// What a strategy would decide about a list of requests.
///
/// @param strategy canonical name of the strategy that was asked
/// @param decisions the placements, in the order in which they would be made
/// @param unplaced ids of the requests no instance has room for
/// @param prioritized ids of all requests, in the strategy's order
public record DryRun(
    String strategy,
    List<SchedulingDecision> decisions,
    List<String> unplaced,
    List<String> prioritized) {
  /// Copies the lists.
  public DryRun {
    decisions = List.copyOf(decisions);
    unplaced = List.copyOf(unplaced);
    prioritized = List.copyOf(prioritized);
  }

  static DryRun of(DryRunResponse answer) {
    return new DryRun(
        answer.getStrategy(),
        answer.getDecisionsList().stream().map(SchedulingDecision::of).toList(),
        answer.getUnplacedList(),
        answer.getPrioritizedList());
  }
}
