package io.swarmpilot.scheduler.predict;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.swarmpilot.scheduler.core.Estimate;
import io.swarmpilot.scheduler.core.Target;
import io.swarmpilot.scheduler.forecast.ExecutionTime;
import io.swarmpilot.scheduler.payload.Features;
import java.util.Optional;

/// Mean and spread of recent executions, kept in the scheduler for when the predictor cannot say:
/// per model and kind of instance, and per model.
final class RunningStatistics {
  private static final int MOST_KEYS = 4_096;

  /// Weight of the newest execution once there are many.
  private static final double LEAST_WEIGHT = 0.05;

  private final Cache<Key, Running> byKey = Caffeine.newBuilder().maximumSize(MOST_KEYS).build();

  /// Takes an execution in; one that took no time that is believed tells nothing.
  void record(String model, Target target, double executionMs) {
    if (!(executionMs >= 0 && executionMs <= Features.LONGEST_MS)) {
      return;
    }
    add(new Key(model, Optional.of(target)), executionMs);
    add(new Key(model, Optional.empty()), executionMs);
  }

  /// What recent executions say, of this kind of instance or else of all of the model.
  Optional<Estimate> estimate(String model, Target target) {
    Running running = byKey.getIfPresent(new Key(model, Optional.of(target)));
    if (running == null) {
      running = byKey.getIfPresent(new Key(model, Optional.empty()));
    }
    return Optional.ofNullable(running).map(Running::estimate);
  }

  private void add(Key key, double executionMs) {
    byKey
        .asMap()
        .merge(key, new Running(1, executionMs, 0), (known, first) -> known.with(executionMs));
  }

  /// @param model the model
  /// @param target the kind of instance; empty for all
  private record Key(String model, Optional<Target> target) {}

  /// @param count executions seen
  /// @param mean ms
  /// @param variance ms²
  private record Running(long count, double mean, double variance) {
    Running with(double value) {
      double weight = Math.max(1.0 / (count + 1), LEAST_WEIGHT);
      double difference = value - mean;
      double shift = weight * difference;
      return new Running(count + 1, mean + shift, (1 - weight) * (variance + difference * shift));
    }

    Estimate estimate() {
      // One execution tells nothing of the spread: assume as much as the mean, less with more.
      double error = Math.sqrt(variance + mean * mean / count);
      return new Estimate(ExecutionTime.of(mean, error), "statistics", true);
    }
  }
}
