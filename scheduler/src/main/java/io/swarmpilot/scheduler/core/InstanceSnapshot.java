package io.swarmpilot.scheduler.core;

import io.swarmpilot.scheduler.forecast.Moments;

/// An instance as it was at one moment.
///
/// @param ordinal position in the order of registration
/// @param registration what is known of it, its uuid included
/// @param model model it runs, or the one declared while it runs none
/// @param status what it says of itself
/// @param load how busy its engines say they are
/// @param state whether it takes tasks
/// @param outstanding tasks assigned to it and not yet finished
/// @param waiting time until a new task would start, as of `at`
/// @param at when that was computed, monotonic nanoseconds
/// @param credit tasks it can be given under late binding
/// @param slowdown its recent executions over what was expected of them
/// @param ejectedUntil when an ejected one returns, monotonic nanoseconds
/// @param completed tasks it completed successfully
/// @param failed tasks it failed
public record InstanceSnapshot(
    long ordinal,
    Registration registration,
    String model,
    InstanceStatus status,
    EngineLoad load,
    InstanceState state,
    int outstanding,
    Moments waiting,
    long at,
    int credit,
    double slowdown,
    long ejectedUntil,
    long completed,
    long failed) {
  private static final double NANOS_PER_MS = 1e6;

  /// Its uuid.
  public String uuid() {
    return registration.uuid();
  }

  /// Expected time until a new task would start, ms, as of a later moment.
  public double waitingMean(long nowNanos) {
    return waiting.mean() == 0
        ? 0
        : Math.max(0, waiting.mean() - Math.max(0, nowNanos - at) / NANOS_PER_MS);
  }
}
