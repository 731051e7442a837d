package io.swarmpilot.scheduler.service;

import com.google.common.collect.ImmutableMap;
import io.swarmpilot.scheduler.batch.ExecutionInstance;
import io.swarmpilot.scheduler.core.Estimates;
import io.swarmpilot.scheduler.core.InstanceSnapshot;
import io.swarmpilot.scheduler.core.InstanceState;
import io.swarmpilot.scheduler.core.Target;
import io.swarmpilot.scheduler.payload.Features;
import io.swarmpilot.scheduler.policy.Binding;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;

/// The registered instances as a dry run sees them: with their present load, and as their latency
/// what is predicted of a task of which nothing is known. Waits for predictions.
final class LiveFleet {
  /// Under early binding an instance queues what it has no slot for.
  private static final int QUEUED_A_SLOT = 1_000;

  private static final Features NOTHING =
      new Features(ImmutableMap.of(), "", Target.UNKNOWN, OptionalDouble.empty());

  private final EndpointParts parts;
  private final Binding binding;
  private final Map<String, Estimates> estimates = new HashMap<>();

  /// @param binding when the strategy binds tasks
  LiveFleet(EndpointParts parts, Binding binding) {
    this.parts = parts;
    this.binding = binding;
  }

  List<ExecutionInstance> instances() {
    long now = parts.clock().nanos();
    return parts.view().fleet().instances().stream()
        .map(instance -> instance(instance, now))
        .toList();
  }

  private ExecutionInstance instance(InstanceSnapshot instance, long now) {
    Waiting waiting = Waiting.of(instance, parts.view().queues(), now);
    int slots = Math.max(1, instance.status().slots());
    return ExecutionInstance.builder(instance.uuid())
        .address(instance.registration().host(), instance.registration().port())
        .modelName(instance.model())
        .gpuCount(Math.max(1, instance.status().gpus()))
        .available(instance.state() == InstanceState.AVAILABLE && instance.status().slots() > 0)
        .activeRequests(instance.outstanding())
        .slots(slots)
        .maxConcurrentRequests(binding == Binding.LATE ? slots : slots * QUEUED_A_SLOT)
        .avgLatencyMs(latencyMs(instance))
        .waitingTime(waiting.meanMs(), waiting.errorMs())
        .build();
  }

  private double latencyMs(InstanceSnapshot instance) {
    return estimates
            .computeIfAbsent(instance.model(), this::estimate)
            .on(instance.status().target())
            .time()
            .mean()
        * instance.slowdown();
  }

  private Estimates estimate(String model) {
    CompletableFuture<Estimates> answer = new CompletableFuture<>();
    parts
        .predictions()
        .estimate(
            model,
            parts.view().settings().mode(),
            NOTHING,
            parts.view().fleet().targets(model),
            answer::complete);
    return answer.join();
  }
}
