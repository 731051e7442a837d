package io.swarmpilot.client;

import java.util.Map;

/// Where a request would go, with the names of the seeds.
///
/// @param requestId id of the request
/// @param targetInstanceId id of the instance
/// @param estimatedLatencyMs average latency of the instance, ms
/// @param estimatedCost what the execution would cost; 0 where cost is not considered
/// @param reason why, in words
/// @param confidence how sure the strategy is, 0 to 1
/// @param strategy strategy that chose the instance
/// @param metadata anything else the strategy tells, by name
public record SchedulingDecision(
    String requestId,
    String targetInstanceId,
    double estimatedLatencyMs,
    double estimatedCost,
    String reason,
    double confidence,
    String strategy,
    Map<String, String> metadata) {
  /// Copies the map.
  public SchedulingDecision {
    metadata = Map.copyOf(metadata);
  }

  static SchedulingDecision of(io.swarmpilot.proto.scheduler.v1.SchedulingDecision decision) {
    return new SchedulingDecision(
        decision.getRequestId(),
        decision.getTargetInstanceId(),
        decision.getEstimatedLatencyMs(),
        decision.getEstimatedCost(),
        decision.getReason(),
        decision.getConfidence(),
        decision.getStrategy(),
        decision.getMetadataMap());
  }
}
