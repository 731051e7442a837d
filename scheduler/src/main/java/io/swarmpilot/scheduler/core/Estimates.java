package io.swarmpilot.scheduler.core;

import com.google.common.collect.ImmutableMap;
import io.swarmpilot.scheduler.forecast.ExecutionTime;

/// How long a task is expected to execute on each kind of instance.
///
/// @param byTarget what is expected where
/// @param otherwise what is expected on a kind that was not asked about, such as one registered
///   since
public record Estimates(ImmutableMap<Target, Estimate> byTarget, Estimate otherwise) {
  /// Of a task that is not placed any more.
  static final Estimates NONE = everywhere(new Estimate(ExecutionTime.of(0, 0), ""));

  /// The same everywhere.
  public static Estimates everywhere(Estimate estimate) {
    return new Estimates(ImmutableMap.of(), estimate);
  }

  /// What is expected on the kind that is fastest on average.
  public ExecutionTime fastest() {
    ExecutionTime least = otherwise.time();
    for (Estimate estimate : byTarget.values()) {
      if (least == otherwise.time() || estimate.time().mean() < least.mean()) {
        least = estimate.time();
      }
    }
    return least;
  }

  /// What is expected on one kind.
  public Estimate on(Target target) {
    return byTarget.getOrDefault(target, otherwise);
  }
}
