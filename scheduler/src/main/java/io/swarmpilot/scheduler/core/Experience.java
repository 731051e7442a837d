package io.swarmpilot.scheduler.core;

import io.swarmpilot.scheduler.forecast.PoolForecast;
import io.swarmpilot.scheduler.forecast.PredictorSkill;

/// What is learned from the executions of a model. None of it is journaled.
final class Experience {
  private static final double NANOS_PER_MS = 1e6;
  private static final double NOTICEABLE = 1.25;
  private static final int LEAST_COMPLETED = 5;
  private static final String PRIOR = "prior";

  private final PoolForecast forecast;
  private final RecentService recent = new RecentService();
  private final Handover handover = new Handover();
  private final PredictorSkill skill = new PredictorSkill();

  Experience(PoolForecast forecast) {
    this.forecast = forecast;
  }

  /// A task began to execute.
  void started(TaskEntry task, long at) {
    if (task.onFreeSlot) {
      handover.started((at - task.placedAt) / NANOS_PER_MS);
    }
  }

  /// A task ended well.
  void succeeded(TaskEntry task, InstanceEntry instance, double executionMs, long at) {
    if (executionMs <= 0) {
      return;
    }
    double responseMs = (at - task.placedAt) / NANOS_PER_MS;
    int tokens = task.traits.maxTokens();
    handover.executed(executionMs);
    recent.completed(responseMs, tokens, executionMs);
    instance.recent.completed(responseMs, tokens, executionMs);
    // A prior knows nothing of the model: how far it was off says nothing about the instance.
    if (!task.prediction.method().equals(PRIOR)) {
      forecast.completed(task.executionTime(), executionMs);
      skill.completed(task.prediction.meanMs(), executionMs);
      instance.forecast.completed(task.estimates.on(instance.status.target()).time(), executionMs);
    }
  }

  /// How much slower an instance is than the others of its model. Small differences are noise: if
  /// they counted, the luckiest instance would be given every task.
  double slowdown(InstanceEntry instance) {
    double ratio = instance.slowdown() / forecast.slowdown();
    boolean usual = ratio > 1 / NOTICEABLE && ratio < NOTICEABLE;
    return usual || instance.completed < LEAST_COMPLETED ? 1 : ratio;
  }

  /// Its recent response times, or those of the model while it has none, ms; NaN without any.
  double latencyMs(InstanceEntry instance) {
    double own = instance.recent.latencyMs();
    return Double.isNaN(own) ? recent.latencyMs() : own;
  }

  double predictorSkill() {
    return skill.skill();
  }

  /// Tasks to give an instance beyond its slots.
  int lookAhead(int most) {
    return handover.lookAhead(most);
  }
}
