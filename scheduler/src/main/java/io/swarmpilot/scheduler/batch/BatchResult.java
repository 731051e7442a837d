package io.swarmpilot.scheduler.batch;

import com.google.common.collect.ImmutableList;
import java.util.Optional;

/// What became of a list of requests: each is in exactly one of the two lists.
///
/// @param decisions the placements, in the order in which they were made
/// @param unplaced ids of the requests for which no instance had room, in the policy's order
public record BatchResult(
    ImmutableList<SchedulingDecision> decisions, ImmutableList<String> unplaced) {
  /// The decision about a request, if it was placed.
  public Optional<SchedulingDecision> decision(String requestId) {
    return decisions.stream().filter(d -> d.requestId().equals(requestId)).findFirst();
  }
}
