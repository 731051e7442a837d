package io.swarmpilot.scheduler.performance;

import static java.util.Objects.requireNonNull;

import io.swarmpilot.scheduler.policy.Policy;
import io.swarmpilot.scheduler.policy.PoolView;
import io.swarmpilot.scheduler.queue.CentralQueue;
import io.swarmpilot.scheduler.queue.Keys;
import io.swarmpilot.scheduler.queue.QueueEntry;
import io.swarmpilot.scheduler.queue.QueueSettings;
import io.swarmpilot.scheduler.queue.Urgency;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.random.RandomGenerator;

/// A central queue of constant length: what is taken comes back a thousand turns later, as a new
/// task would.
final class QueuedLoad {
  private static final int AWAY = 1_000;

  private final CentralQueue<MeasuredTask> queue = new CentralQueue<>(QueueSettings.DEFAULTS);
  private final Deque<MeasuredTask> away = new ArrayDeque<>(AWAY + 1);
  private final PoolView pool;
  private Policy policy;
  private Urgency<MeasuredTask> urgency;

  QueuedLoad(int length, int users, Policy policy, PoolView pool, RandomGenerator random) {
    this.pool = pool;
    this.policy = policy;
    this.urgency = urgency(policy);
    for (int i = 0; i < length; i++) {
      MeasuredTask task = new MeasuredTask(i, users, random);
      task.arrivalMs = pool.nowMs() - length + i;
      task.addTo(queue, policy, pool);
    }
    for (int i = 0; i < AWAY; i++) {
      away.addLast(new MeasuredTask(length + i, users, random));
    }
  }

  /// Takes the task whose turn it is, and adds another one.
  MeasuredTask turn() {
    MeasuredTask next = away.removeFirst();
    next.arrivalMs = pool.nowMs();
    next.addTo(queue, policy, pool);
    QueueEntry<MeasuredTask> entry = requireNonNull(queue.next(pool.nowMs(), urgency));
    queue.take(entry);
    away.addLast(entry.task());
    return entry.task();
  }

  /// Sorts all tasks by another policy.
  void switchTo(Policy next) {
    policy = next;
    urgency = urgency(next);
    queue.reorder(new PolicyKeys(next, pool));
  }

  private Urgency<MeasuredTask> urgency(Policy asked) {
    return head -> asked.urgency(head, pool);
  }

  /// Where a policy wants tasks.
  private record PolicyKeys(Policy policy, PoolView pool) implements Keys<MeasuredTask> {
    @Override
    public int band(MeasuredTask task) {
      return policy.band(task);
    }

    @Override
    public String user(MeasuredTask task) {
      return policy.sharesFairly() ? task.user : "";
    }

    @Override
    public double key(MeasuredTask task) {
      return policy.order(task, pool);
    }

    @Override
    public int orderClass(MeasuredTask task) {
      return policy.orderClass(task);
    }
  }
}
