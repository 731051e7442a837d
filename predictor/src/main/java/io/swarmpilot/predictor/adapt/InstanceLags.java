package io.swarmpilot.predictor.adapt;

import io.swarmpilot.predictor.learn.Lag;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Recent slowdown of each instance that executes one kind of task, and of a typical one. Read by
/// any thread, written by one at a time.
final class InstanceLags {
  private static final int MAX_INSTANCES = 1_024;

  /// How long before the latest execution an instance may have been heard of, to count.
  private static final double RECENT_SECONDS = 300;

  private final Map<String, Seen> instances = new ConcurrentHashMap<>();
  private volatile Lag typical = Lag.NONE;
  private volatile double latest = Double.NEGATIVE_INFINITY;

  private record Seen(Lag lag, double time) {
    boolean isRecent(double latest) {
      return time >= latest - RECENT_SECONDS;
    }
  }

  /// The lag of an instance; of a typical one when it is "" or was not heard of lately.
  Lag of(String instance) {
    Seen seen = instance.isEmpty() ? null : instances.get(instance);
    return seen != null && seen.isRecent(latest) ? seen.lag : typical;
  }

  /// The mean over the instances heard of lately; nothing when there are none.
  Lag typical() {
    return typical;
  }

  /// Takes in one execution.
  ///
  /// @param logRatio logarithm of its time over what its features explain
  /// @param time when it ended, Unix seconds
  void add(String instance, double logRatio, double time) {
    latest = Math.max(latest, time);
    Seen before = instances.get(instance);
    Lag lag = before == null ? Lag.NONE : before.lag;
    instances.put(instance, new Seen(lag.then(logRatio), time));
    if (instances.size() > MAX_INSTANCES) {
      instances.entrySet().stream()
          .min(Comparator.comparingDouble(entry -> entry.getValue().time))
          .ifPresent(oldest -> instances.remove(oldest.getKey()));
    }
    typical = mean();
  }

  private Lag mean() {
    double last = 0;
    double average = 0;
    int count = 0;
    for (Seen seen : instances.values()) {
      if (seen.isRecent(latest)) {
        last += seen.lag.last();
        average += seen.lag.average();
        count++;
      }
    }
    return count == 0 ? Lag.NONE : new Lag(last / count, average / count);
  }
}
