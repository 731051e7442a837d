package io.swarmpilot.client;

import java.util.Optional;

/// What a queued task waits for.
///
/// @param queuedTasks tasks waiting for its model, itself included
/// @param waitedMs how long it has waited, ms
/// @param waitingTime time until a task submitted now would start; empty while no instance is
///   available
/// @param slots tasks that can run at the same moment
public record QueueOutlook(
    int queuedTasks, double waitedMs, Optional<ExpectedTime> waitingTime, int slots) {
  static QueueOutlook of(io.swarmpilot.proto.scheduler.v1.QueueOutlook queue) {
    return new QueueOutlook(
        queue.getQueuedTasks(),
        queue.getWaitedMs(),
        queue.hasWaitingTimeExpect()
            ? Optional.of(
                new ExpectedTime(queue.getWaitingTimeExpect(), queue.getWaitingTimeError()))
            : Optional.empty(),
        queue.getSlots());
  }
}
