package io.swarmpilot.scheduler.service;

import io.swarmpilot.scheduler.core.InstanceSnapshot;
import io.swarmpilot.scheduler.core.PoolSnapshot;
import io.swarmpilot.scheduler.view.QueueTable;

/// Time until a task submitted now would start.
///
/// @param meanMs its mean
/// @param errorMs its standard deviation
record Waiting(double meanMs, double errorMs) {
  /// The time on one instance: not before what it holds and what waits for it in the central queue
  /// are done.
  static Waiting of(InstanceSnapshot instance, QueueTable queues, long now) {
    Waiting own = new Waiting(instance.waitingMean(now), instance.waiting().error());
    return queues
        .find(instance.model())
        .map(queue -> of(queue, now))
        .filter(central -> Double.isFinite(central.meanMs) && central.meanMs > own.meanMs)
        .orElse(own);
  }

  /// The time at the end of a central queue; endless while no instance serves.
  static Waiting of(PoolSnapshot queue, long now) {
    return new Waiting(queue.waitingMean(now), queue.waiting().error());
  }
}
