package io.swarmpilot.scheduler.performance;

import com.google.common.primitives.ImmutableLongArray;
import io.swarmpilot.scheduler.forecast.ExecutionTime;
import io.swarmpilot.scheduler.policy.Policy;
import io.swarmpilot.scheduler.policy.PoolView;
import io.swarmpilot.scheduler.policy.Priority;
import io.swarmpilot.scheduler.policy.WaitingTask;
import io.swarmpilot.scheduler.queue.CentralQueue;
import io.swarmpilot.scheduler.queue.QueueEntry;
import java.util.random.RandomGenerator;

/// A task of a mixed load: log-normal execution times, every priority, half of them with an
/// objective, a fifth with a budget, four shared prompts.
final class MeasuredTask implements WaitingTask {
  private static final Priority[] PRIORITIES = Priority.values();
  private static final ImmutableLongArray[] PROMPTS = {
    ImmutableLongArray.of(),
    ImmutableLongArray.of(1, 2, 3, 4),
    ImmutableLongArray.of(1, 2, 7, 8, 9),
    ImmutableLongArray.of(20, 21)
  };

  final QueueEntry<MeasuredTask> entry;
  final String user;
  double arrivalMs;

  private final long sequence;
  private final Priority priority;
  private final double sloMs;
  private final double costBudget;
  private final ExecutionTime time;
  private final ImmutableLongArray prefix;

  MeasuredTask(long sequence, int users, RandomGenerator random) {
    this.sequence = sequence;
    entry = new QueueEntry<>(this, sequence);
    user = "user " + random.nextInt(users);
    priority = PRIORITIES[random.nextInt(PRIORITIES.length)];
    double mean = Math.exp(6 + random.nextGaussian());
    time = ExecutionTime.of(mean, mean / 2);
    sloMs = random.nextBoolean() ? mean * random.nextDouble(2, 20) : Double.NaN;
    costBudget = random.nextInt(5) == 0 ? mean * 1e-6 : Double.POSITIVE_INFINITY;
    prefix = PROMPTS[random.nextInt(PROMPTS.length)];
  }

  /// Puts it into a queue as a policy wants it.
  void addTo(CentralQueue<MeasuredTask> queue, Policy policy, PoolView pool) {
    queue.add(
        entry,
        policy.band(this),
        policy.sharesFairly() ? user : "",
        policy.order(this, pool),
        policy.orderClass(this),
        time.mean(),
        arrivalMs);
  }

  @Override
  public String taskId() {
    return "task-" + sequence;
  }

  @Override
  public long sequence() {
    return sequence;
  }

  @Override
  public double arrivalMs() {
    return arrivalMs;
  }

  @Override
  public Priority priority() {
    return priority;
  }

  @Override
  public double sloMs() {
    return sloMs;
  }

  @Override
  public double costBudget() {
    return costBudget;
  }

  @Override
  public int maxTokens() {
    return 100;
  }

  @Override
  public int inputTokens() {
    return 200;
  }

  @Override
  public boolean sheddable() {
    return false;
  }

  @Override
  public ExecutionTime executionTime() {
    return time;
  }

  @Override
  public ImmutableLongArray prefix() {
    return prefix;
  }
}
