package io.swarmpilot.scheduler.batch;

import io.swarmpilot.scheduler.policy.Priority;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Requests and instances of a test; few distinct numbers, so that ties are frequent.
record RandomBatch(List<RequestMetadata> requests, List<ExecutionInstance> instances) {
  static final double NOW = 100_000;
  private static final double[] OBJECTIVES = {0, 0, 50, 100, 500, 1_000, 5_000};
  private static final String[] MODELS = {"a", "b", "a", "b", ""};

  static RandomBatch of(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<RequestMetadata> requests = new ArrayList<>();
    for (int i = random.nextInt(25); i > 0; i--) {
      RequestMetadata.Builder request =
          RequestMetadata.builder("r" + i)
              .modelName(MODELS[random.nextInt(MODELS.length)])
              .priority(Priority.of(random.nextInt(5)).orElseThrow())
              .arrivalMs(NOW - 20 * random.nextInt(50))
              .sloDeadlineMs(OBJECTIVES[random.nextInt(OBJECTIVES.length)])
              .maxTokens(100 * random.nextInt(3))
              .costBudget(random.nextInt(4));
      requests.add(
          random.nextBoolean()
              ? request.build()
              : request.expected(10 * random.nextInt(30), 5 * random.nextInt(4)).build());
    }
    List<ExecutionInstance> instances = new ArrayList<>();
    for (int i = random.nextInt(7); i > 0; i--) {
      instances.add(
          ExecutionInstance.builder("i" + i)
              .modelName(MODELS[random.nextInt(MODELS.length)])
              .available(random.nextInt(10) > 0)
              .healthy(random.nextInt(10) > 0)
              .currentLoad(random.nextInt(20) / 20.0)
              .maxConcurrentRequests(1 + random.nextInt(8))
              .avgLatencyMs(20 * random.nextInt(5))
              .parallelism(1 + random.nextInt(4), 1 + random.nextInt(2))
              .gpuCount(1 + random.nextInt(4))
              .throughputTokensPerSec(50 * random.nextInt(3))
              .build());
    }
    return new RandomBatch(List.copyOf(requests), List.copyOf(instances));
  }

  /// The requests, with arrivals moved.
  List<RequestMetadata> arriving(double laterMs) {
    return requests.stream()
        .map(r ->
            new RequestMetadata(
                r.requestId(),
                r.prompt(),
                r.modelName(),
                r.priority(),
                r.sloDeadlineMs(),
                r.arrivalMs() + laterMs,
                r.maxTokens(),
                r.costBudget(),
                r.userId(),
                r.expectedMs(),
                r.errorMs()))
        .toList();
  }
}
