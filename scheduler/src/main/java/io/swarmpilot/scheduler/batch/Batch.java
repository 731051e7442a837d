package io.swarmpilot.scheduler.batch;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.swarmpilot.scheduler.policy.Explanation;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// One call: places tasks one after the other.
final class Batch {
  private static final String TENSOR_PARALLEL = "tp";

  private final double nowMs;
  private final RandomGenerator random;
  private final ImmutableList.Builder<SchedulingDecision> decisions = ImmutableList.builder();
  private final ImmutableList.Builder<String> unplaced = ImmutableList.builder();

  Batch(double nowMs, RandomGenerator random) {
    this.nowMs = nowMs;
    this.random = random;
  }

  /// Places these tasks, ranked before; those that step back once all others had their turn.
  BatchResult place(List<BatchTask> tasks) {
    List<BatchTask> steppedBack = new ArrayList<>();
    for (BatchTask task : DispatchOrder.of(tasks)) {
      if (task.demoted || !place(task)) {
        task.demoted = true;
        steppedBack.add(task);
      }
    }
    for (BatchTask task : DispatchOrder.of(steppedBack)) {
      place(task);
    }
    return new BatchResult(decisions.build(), unplaced.build());
  }

  /// Whether a task had its turn, with or without finding room; otherwise it steps back.
  private boolean place(BatchTask task) {
    AskedPolicy policy = task.pool.policy;
    Offer offer = new Offer(task, policy.binding());
    if (offer.isEmpty()) {
      unplaced.add(task.taskId());
      return true;
    }
    int chosen = policy.select(task, offer, random);
    double left = task.deadlineMs() - nowMs;
    if (!task.demoted && policy.demotes(task, offer.missProbability(chosen, left))) {
      return false;
    }
    decisions.add(decide(task, offer, chosen));
    offer.seat(chosen).charge(offer.executionTime(chosen));
    task.pool.lastChosen = offer.ordinal(chosen);
    task.pool.count(task, -1);
    return true;
  }

  private SchedulingDecision decide(BatchTask task, Offer offer, int chosen) {
    AskedPolicy policy = task.pool.policy;
    Explanation said = policy.explain(task, offer, chosen);
    ExecutionInstance instance = offer.seat(chosen).instance;
    return new SchedulingDecision(
        task.taskId(),
        instance.instanceId(),
        task.chooser,
        TENSOR_PARALLEL,
        instance.tensorParallelSize(),
        instance.pipelineParallelSize(),
        instance.avgLatencyMs(),
        orZero(said.cost(), Double.MAX_VALUE),
        nowMs,
        task.failure.isEmpty() ? said.reason() : said.reason() + "; " + task.failure,
        orZero(said.confidence(), 1),
        task.failure.isEmpty() ? said.notes() : ImmutableMap.of("failure", task.failure));
  }

  /// The number within 0 and `most`; 0 for NaN.
  private static double orZero(double value, double most) {
    return Double.isNaN(value) ? 0 : Math.clamp(value, 0, most);
  }
}
