package io.swarmpilot.scheduler.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmpilot.scheduler.policy.PolicyRegistry;
import io.swarmpilot.scheduler.policy.PolicySettings;
import io.swarmpilot.scheduler.policy.Priority;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whole batches against the seeds' loop, written down once more with a charge after each decision.
/// Every decision is looked up by the id of its request, so none may go by position.
final class SeedPlacementTest {
  @ParameterizedTest
  @ValueSource(strings = {"fifo", "priority", "slo_aware", "cost_optimized"})
  void everyRequestGoesWhereItsOwnDecisionSays(String policy) {
    PolicyRegistry registry = PolicyRegistry.discover(PolicySettings.DEFAULTS);
    for (long seed = 0; seed < 500; seed++) {
      List<RequestMetadata> requests = requests(seed);
      List<ExecutionInstance> instances = instances(seed);
      BatchScheduler scheduler = new BatchScheduler(registry, policy);
      BatchResult result =
          scheduler.schedule(requests, instances, RandomBatch.NOW, new SplittableRandom(seed));
      Map<String, String> expected =
          slowly(policy, scheduler.prioritize(requests, RandomBatch.NOW), instances);
      for (RequestMetadata request : requests) {
        String id = request.requestId();
        assertThat(result.decision(id).map(SchedulingDecision::targetInstanceId).orElse("none"))
            .as("%s, seed %d, request %s", policy, seed, id)
            .isEqualTo(expected.getOrDefault(id, "none"));
      }
    }
  }

  private static Map<String, String> slowly(
      String policy, List<RequestMetadata> order, List<ExecutionInstance> instances) {
    Map<String, String> placed = new HashMap<>();
    Map<String, Integer> given = new HashMap<>();
    for (RequestMetadata request : order) {
      ToDoubleFunction<ExecutionInstance> score = score(policy, request, given);
      instances.stream()
          .filter(i -> load(i, given) < 0.95 && tasks(i, given) < i.maxConcurrentRequests())
          .min(Comparator.comparingDouble(score).thenComparingInt(i -> tasks(i, given)))
          .ifPresent(i -> {
            placed.put(request.requestId(), i.instanceId());
            given.merge(i.instanceId(), 1, Integer::sum);
          });
    }
    return placed;
  }

  private static ToDoubleFunction<ExecutionInstance> score(
      String policy, RequestMetadata request, Map<String, Integer> given) {
    double urgency = (RandomBatch.NOW - request.arrivalMs()) / request.sloDeadlineMs();
    return switch (policy) {
      case "priority" ->
          request.priority().compareTo(Priority.HIGH) <= 0
              ? ExecutionInstance::avgLatencyMs
              : i -> load(i, given);
      case "slo_aware" ->
          request.sloDeadlineMs() > 0 && urgency > 0.7
              ? ExecutionInstance::avgLatencyMs
              : i -> load(i, given);
      case "cost_optimized" ->
          i ->
              i.gpuCount()
                  / 3600.0
                  * ((request.maxTokens() == 0 ? 100 : request.maxTokens())
                      / i.throughputTokensPerSec());
      default -> i -> load(i, given);
    };
  }

  private static double load(ExecutionInstance instance, Map<String, Integer> given) {
    int added = given.getOrDefault(instance.instanceId(), 0);
    return instance.currentLoad() + (double) added / instance.maxConcurrentRequests();
  }

  private static int tasks(ExecutionInstance instance, Map<String, Integer> given) {
    return instance.activeRequests() + given.getOrDefault(instance.instanceId(), 0);
  }

  private static List<RequestMetadata> requests(long seed) {
    return RandomBatch.of(seed).requests().stream()
        .map(r ->
            RequestMetadata.builder(r.requestId())
                .priority(r.priority())
                .arrivalMs(r.arrivalMs())
                .sloDeadlineMs(r.sloDeadlineMs())
                .maxTokens(r.maxTokens())
                .costBudget(r.costBudget())
                .build())
        .toList();
  }

  /// Instances that no two policies' scores find equal, so that no turn decides.
  private static List<ExecutionInstance> instances(long seed) {
    SplittableRandom random = new SplittableRandom(~seed);
    List<ExecutionInstance> instances = new ArrayList<>();
    for (int i = 0; i < 1 + seed % 5; i++) {
      instances.add(
          ExecutionInstance.builder("i" + i)
              .currentLoad(random.nextDouble(0.9))
              .maxConcurrentRequests(7 + random.nextInt(5))
              .avgLatencyMs(1 + random.nextDouble(100))
              .gpuCount(1 + random.nextInt(8))
              .throughputTokensPerSec(1 + random.nextDouble(500))
              .build());
    }
    return instances;
  }
}
