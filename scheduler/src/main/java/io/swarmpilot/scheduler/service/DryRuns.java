package io.swarmpilot.scheduler.service;

import io.swarmpilot.proto.scheduler.v1.DryRunRequest;
import io.swarmpilot.proto.scheduler.v1.DryRunResponse;
import io.swarmpilot.runtime.error.ErrorReason;
import io.swarmpilot.runtime.error.FieldViolation;
import io.swarmpilot.runtime.error.MeshException;
import io.swarmpilot.runtime.error.Violations;
import io.swarmpilot.scheduler.batch.BatchResult;
import io.swarmpilot.scheduler.batch.BatchScheduler;
import io.swarmpilot.scheduler.batch.ExecutionInstance;
import io.swarmpilot.scheduler.batch.RequestMetadata;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;

/// Asks strategies where requests would go, without sending them there. Takes up to a second of a
/// processor at the bounds, so only a few run at the same moment, none on a thread of the service.
final class DryRuns {
  private static final int MOST_AT_ONCE = 2;

  /// The same question has the same answer.
  private static final long SEED = 0;

  private static final Duration BUSY_RETRY = Duration.ofSeconds(1);
  private static final double MS_PER_SECOND = 1_000;

  private final EndpointParts parts;
  private final Semaphore places = new Semaphore(MOST_AT_ONCE);

  DryRuns(EndpointParts parts) {
    this.parts = parts;
  }

  /// The answer, once it is found.
  CompletionStage<DryRunResponse> answer(DryRunRequest request) {
    Violations violations = new Violations();
    String strategy = strategy(request.getStrategy(), violations);
    List<RequestMetadata> requests = DryRunReader.requests(request.getRequestsList(), violations);
    List<ExecutionInstance> instances =
        DryRunReader.instances(request.getInstancesList(), violations);
    violations.throwIfAny();
    if (!places.tryAcquire()) {
      throw MeshException.of(ErrorReason.QUEUE_FULL, "Too many dry runs at once")
          .retryAfter(BUSY_RETRY);
    }
    return CompletableFuture.supplyAsync(
            () -> run(strategy, requests, instances.isEmpty() ? fleet(strategy) : instances),
            parts.blocking())
        .whenComplete((answer, failure) -> places.release());
  }

  private DryRunResponse run(
      String strategy, List<RequestMetadata> requests, List<ExecutionInstance> instances) {
    double nowMs = parts.clock().unixSeconds() * MS_PER_SECOND;
    BatchScheduler scheduler = new BatchScheduler(parts.policies(), strategy);
    List<RequestMetadata> prioritized = scheduler.prioritize(requests, instances, nowMs);
    BatchResult result = scheduler.schedule(requests, instances, nowMs, new SplittableRandom(SEED));
    String message = instances.isEmpty() ? "No TaskInstances configured" : "OK";
    return DryRunWriter.encode(strategy, message, result, prioritized);
  }

  private List<ExecutionInstance> fleet(String strategy) {
    return new LiveFleet(parts, parts.policies().create(strategy).binding()).instances();
  }

  private String strategy(String name, Violations violations) {
    if (name.isEmpty()) {
      return parts.view().settings().strategy();
    }
    return parts
        .policies()
        .find(name)
        .orElseGet(() -> {
          violations.add(
              FieldViolation.invalid(
                  "strategy", "must be one of " + String.join(", ", parts.policies().names())));
          return "";
        });
  }
}
