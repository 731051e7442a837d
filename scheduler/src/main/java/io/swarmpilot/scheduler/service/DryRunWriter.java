package io.swarmpilot.scheduler.service;

import io.swarmpilot.proto.scheduler.v1.DryRunResponse;
import io.swarmpilot.scheduler.batch.BatchResult;
import io.swarmpilot.scheduler.batch.RequestMetadata;
import io.swarmpilot.scheduler.batch.SchedulingDecision;
import java.util.List;

/// What a strategy would decide, as users see it.
final class DryRunWriter {
  private static final double MS_PER_SECOND = 1_000;

  private DryRunWriter() {}

  static DryRunResponse encode(
      String strategy, String message, BatchResult result, List<RequestMetadata> prioritized) {
    DryRunResponse.Builder response =
        DryRunResponse.newBuilder()
            .setStatus("success")
            .setMessage(message)
            .setStrategy(strategy)
            .addAllUnplaced(result.unplaced());
    result.decisions().forEach(decision -> response.addDecisions(encode(decision)));
    prioritized.forEach(request -> response.addPrioritized(request.requestId()));
    return response.build();
  }

  private static io.swarmpilot.proto.scheduler.v1.SchedulingDecision encode(
      SchedulingDecision decision) {
    return io.swarmpilot.proto.scheduler.v1.SchedulingDecision.newBuilder()
        .setRequestId(decision.requestId())
        .setTargetInstanceId(decision.targetInstanceId())
        .setParallelismStrategy(decision.parallelismStrategy())
        .setEstimatedLatencyMs(decision.estimatedLatencyMs())
        .setEstimatedCost(decision.estimatedCost())
        .setTensorParallelSize(decision.tensorParallelSize())
        .setPipelineParallelSize(decision.pipelineParallelSize())
        .setDecisionTime(decision.decisionTimeMs() / MS_PER_SECOND)
        .setReason(decision.reason())
        .setConfidence(decision.confidence())
        .putAllMetadata(decision.metadata())
        .setStrategy(decision.strategy())
        .build();
  }
}
