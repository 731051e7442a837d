package io.swarmpilot.scheduler.batch;

import io.swarmpilot.scheduler.forecast.ExecutionTime;
import io.swarmpilot.scheduler.policy.Binding;

/// An instance, with what it has been given in this call. The instance itself stays as it is.
final class Seat {
  final ExecutionInstance instance;

  /// Its place in the order in which instances became known.
  final long ordinal;

  private int given;
  private double work;
  private double variance;

  Seat(ExecutionInstance instance, long ordinal) {
    this.instance = instance;
    this.ordinal = ordinal;
  }

  /// Whether it can take a request: under late binding only one that it would start at once.
  boolean accepts(Binding binding) {
    return instance.accepts(given)
        && (binding == Binding.EARLY || outstanding() < instance.slots());
  }

  /// Gives it a request that takes so long there.
  void charge(ExecutionTime time) {
    given++;
    work += time.mean();
    variance += time.error() * time.error();
  }

  int outstanding() {
    return instance.activeRequests() + given;
  }

  double load() {
    return instance.loadWith(given);
  }

  /// Expected time until one more request would start, ms: 0 while a slot is free, else the wait
  /// that was told and what was given since, shared by the slots.
  double waitMean() {
    return startsAtOnce() ? 0 : instance.waitingTimeMs() + work / instance.slots();
  }

  /// Standard deviation of that time, ms.
  double waitError() {
    return startsAtOnce()
        ? 0
        : Math.hypot(instance.waitingTimeErrorMs(), Math.sqrt(variance) / instance.slots());
  }

  private boolean startsAtOnce() {
    return instance.waitingTimeMs() == 0 && outstanding() < instance.slots();
  }
}
