package io.swarmpilot.scheduler.core;

import io.swarmpilot.scheduler.forecast.Moments;

/// What waits for the instances of a model, as it was at one moment.
///
/// @param model the model
/// @param queued tasks in its central queue
/// @param oldest when the oldest of them was submitted, monotonic nanoseconds; `at` when none waits
/// @param waiting time until a task at the end of the queue would start, as of `at`; zero when none
///   waits and a slot is free
/// @param slots tasks that can run at the same moment, over all instances that serve
/// @param at when that was computed, monotonic nanoseconds
public record PoolSnapshot(
    String model, int queued, long oldest, Moments waiting, int slots, long at) {
  private static final double NANOS_PER_MS = 1e6;

  /// Expected time until a task submitted now would start, ms, as of a later moment.
  public double waitingMean(long nowNanos) {
    return Math.max(0, waiting.mean() - Math.max(0, nowNanos - at) / NANOS_PER_MS);
  }
}
