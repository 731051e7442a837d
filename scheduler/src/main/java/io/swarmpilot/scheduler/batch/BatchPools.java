package io.swarmpilot.scheduler.batch;

import io.swarmpilot.scheduler.policy.Policy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/// The pools of all models. What stays from one call to the next is forgotten once a call names the
/// model no more.
final class BatchPools {
  private final Supplier<? extends Policy> policies;
  private final Roster roster = new Roster();
  private final Map<String, BatchPool> byModel = new HashMap<>();

  BatchPools(Supplier<? extends Policy> policies) {
    this.policies = policies;
  }

  /// Lets requests wait in the pools of their models, each with its place in the policy's order.
  ///
  /// @throws IllegalArgumentException when two requests, or two instances, have the same id
  List<BatchTask> enqueue(
      List<RequestMetadata> requests, List<ExecutionInstance> instances, double nowMs) {
    Bounds.require(Double.isFinite(nowMs), "nowMs", "finite");
    begin(requests, roster.seats(instances), nowMs);
    List<BatchTask> tasks = tasks(requests, nowMs);
    for (BatchTask task : tasks) {
      task.pool.count(task, 1);
    }
    for (BatchTask task : tasks) {
      AskedPolicy policy = task.pool.policy;
      policy.rank(task);
      task.demoted = policy.demotes(task, task.deadlineMs() <= nowMs ? 1 : 0);
    }
    return tasks;
  }

  private void begin(List<RequestMetadata> requests, List<Seat> seats, double nowMs) {
    Set<String> models = new HashSet<>();
    requests.forEach(request -> models.add(request.modelName()));
    seats.forEach(seat -> models.add(seat.instance.modelName()));
    byModel.keySet().retainAll(models);
    for (String model : models) {
      List<Seat> fitting = seats.stream().filter(seat -> fits(seat, model)).toList();
      pool(model).begin(fitting, nowMs);
    }
  }

  private BatchPool pool(String model) {
    return byModel.computeIfAbsent(model, name -> new BatchPool(new AskedPolicy(policies.get())));
  }

  private static boolean fits(Seat seat, String model) {
    String own = seat.instance.modelName();
    return own.isEmpty() || model.isEmpty() || own.equals(model);
  }

  private List<BatchTask> tasks(List<RequestMetadata> requests, double nowMs) {
    Set<String> ids = new HashSet<>();
    List<BatchTask> tasks = new ArrayList<>(requests.size());
    for (RequestMetadata request : requests) {
      Bounds.require(ids.add(request.requestId()), "requests", "each with its own id");
      tasks.add(new BatchTask(request, pool(request.modelName()), nowMs));
    }
    tasks.sort(Comparator.comparingDouble(BatchTask::arrivalMs));
    for (int i = 0; i < tasks.size(); i++) {
      tasks.get(i).sequence(i);
    }
    return tasks;
  }
}
