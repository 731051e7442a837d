package io.swarmpilot.scheduler.queue;

/// How urgent the head of an order class is now.
@FunctionalInterface
public interface Urgency<T> {
  /// The greatest goes first; NaN goes last. Must not throw.
  double of(T head);
}
