package io.swarmpilot.scheduler.batch;

import io.swarmpilot.scheduler.policy.Policy;
import io.swarmpilot.scheduler.policy.PolicyRegistry;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Asks a policy where a list of requests would go, without sending them there. Source: the seeds'
/// `SchedulingPolicy`.
///
/// ```java
/// BatchScheduler scheduler = new BatchScheduler(registry, "slo_aware");
/// BatchResult result = scheduler.schedule(requests, instances, nowMs, random);
/// ```
///
/// Requests are taken in the policy's order, across models; each goes to an instance that has room
/// and runs its model, which is charged with it before the next. Under late binding an instance has
/// room while it would start the request at once. Neither requests nor instances are changed. A
/// call is one moment: nothing ages, and users are not balanced.
///
/// Where the policy throws or answers nonsense about a request, `least_requests` decides, and the
/// decision says so.
///
/// As in the service, every model has an instance of the policy to itself. It stays from call to
/// call, and so does the turn among equal instances. For one thread.
public final class BatchScheduler {
  private final Supplier<? extends Policy> policies;
  private final BatchPools pools;

  /// Asks a policy of a registry.
  ///
  /// @param name its name, however it is written
  /// @throws IllegalArgumentException when none has this name
  public BatchScheduler(PolicyRegistry registry, String name) {
    registry.create(name);
    this(() -> registry.create(name));
  }

  /// Asks this policy, about all models.
  public BatchScheduler(Policy policy) {
    this(() -> policy);
  }

  private BatchScheduler(Supplier<? extends Policy> policies) {
    this.policies = policies;
    this.pools = new BatchPools(policies);
  }

  /// Where these requests would go.
  ///
  /// @param nowMs the moment, ms of the clock of the requests' arrivals
  /// @param random for policies that draw
  /// @throws IllegalArgumentException when two requests, or two instances, have the same id
  public BatchResult schedule(
      List<RequestMetadata> requests,
      List<ExecutionInstance> instances,
      double nowMs,
      RandomGenerator random) {
    return new Batch(nowMs, random).place(pools.enqueue(requests, instances, nowMs));
  }

  /// The same requests in the order in which the policy would place them. Asked of a policy of its
  /// own unless one was given, so that it changes nothing.
  ///
  /// @param instances whose load and number the order may depend on; may be empty
  /// @param nowMs the moment, ms of the clock of the requests' arrivals
  /// @throws IllegalArgumentException when two requests, or two instances, have the same id
  public List<RequestMetadata> prioritize(
      List<RequestMetadata> requests, List<ExecutionInstance> instances, double nowMs) {
    List<BatchTask> tasks = new BatchPools(policies).enqueue(requests, instances, nowMs);
    return DispatchOrder.of(tasks).stream().map(task -> task.request).toList();
  }

  /// The same, with no instances in view.
  public List<RequestMetadata> prioritize(List<RequestMetadata> requests, double nowMs) {
    return prioritize(requests, List.of(), nowMs);
  }
}
