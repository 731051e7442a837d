package io.swarmpilot.scheduler.policy;

import io.swarmpilot.scheduler.forecast.GittinsIndex;

/// The shortest first, by what is known of how long tasks take: [GittinsIndex], so that a task that
/// will probably be short goes before one that is surely of middle length. It gives the least mean
/// response time, and long tasks pay for it.
///
/// It ages: the key is the arrival plus 100 times the index. A task is overtaken only by tasks that
/// arrive within 100 times its own index after it, and the index is at most its expected time.
/// Unlike `proportional_deadline` it trusts the predictor blindly, and knows no objectives.
public final class ShortestRemaining implements FirstCompletion {
  private static final double INDEX_WEIGHT = 100;

  @Override
  public String name() {
    return "srpt";
  }

  @Override
  public double order(WaitingTask task, PoolView pool) {
    return task.arrivalMs() + INDEX_WEIGHT * GittinsIndex.of(task.executionTime());
  }
}
