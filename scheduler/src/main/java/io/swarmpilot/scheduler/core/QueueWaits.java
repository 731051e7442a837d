package io.swarmpilot.scheduler.core;

import io.swarmpilot.scheduler.forecast.Moments;
import io.swarmpilot.scheduler.forecast.PoolForecast;
import io.swarmpilot.scheduler.forecast.WaitCalibration;

/// Foretells waits in a central queue, and learns how they turn out. None of it is journaled.
final class QueueWaits {
  private static final double NANOS_PER_MS = 1e6;

  private final WaitCalibration calibration = new WaitCalibration();
  private final PoolForecast forecast;

  QueueWaits(PoolForecast forecast) {
    this.forecast = forecast;
  }

  /// Another order is in force.
  void reset() {
    calibration.reset();
  }

  /// A task is about to join the queue.
  void joins(TaskEntry task, int slots, long at) {
    task.forecastWait = forecast.waitMean(slots, at);
    task.forecastWaitVariance = forecast.waitVariance(forecast.queued(), slots, at);
  }

  /// A task began to execute.
  void started(TaskEntry task, long at) {
    double waited = (at - task.queuedAt) / NANOS_PER_MS;
    calibration.started(task.forecastWait, task.forecastWaitVariance, waited);
  }

  /// Time until a task submitted now would start, as waits turn out under the policy in force.
  Moments ofNewTask(int slots, long at) {
    return calibration.apply(
        forecast.waitMean(slots, at), forecast.waitVariance(forecast.queued(), slots, at));
  }
}
