package io.swarmpilot.scheduler.batch;

import com.google.common.collect.ImmutableMap;

/// Where a request goes. Source: the seeds' `SchedulingDecision`.
///
/// @param requestId id of the request
/// @param targetInstanceId id of the instance
/// @param strategy canonical name of the policy that chose it; `least_requests` where the policy
///   that was asked failed
/// @param parallelismStrategy how the instance spreads a request over its GPUs: `tp`, tensor
///   parallel
/// @param tensorParallelSize tensor parallelism of the instance
/// @param pipelineParallelSize pipeline parallelism of the instance
/// @param estimatedLatencyMs average latency of the instance; 0 when it has none yet
/// @param estimatedCost what the execution would cost; 0 where the policy does not consider cost
/// @param decisionTimeMs when it was decided: the call's `nowMs`
/// @param reason why, in words
/// @param confidence how sure the policy is, 0 to 1
/// @param metadata anything else the policy tells, by name; `failure` where it failed
public record SchedulingDecision(
    String requestId,
    String targetInstanceId,
    String strategy,
    String parallelismStrategy,
    int tensorParallelSize,
    int pipelineParallelSize,
    double estimatedLatencyMs,
    double estimatedCost,
    double decisionTimeMs,
    String reason,
    double confidence,
    ImmutableMap<String, String> metadata) {}
