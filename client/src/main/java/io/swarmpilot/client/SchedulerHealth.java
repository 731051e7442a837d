package io.swarmpilot.client;

import io.swarmpilot.proto.scheduler.v1.GetHealthResponse;

/// Health of the scheduler.
///
/// @param status `healthy` or `draining`
/// @param version version of its software
/// @param strategy strategy in force
/// @param durability `memory`: what was accepted is lost with the process
/// @param availableInstances instances available
/// @param registeredInstances instances registered
/// @param liveTasks tasks accepted and not yet completed
public record SchedulerHealth(
    String status,
    String version,
    String strategy,
    String durability,
    int availableInstances,
    int registeredInstances,
    int liveTasks) {
  /// Whether it serves.
  public boolean healthy() {
    return status.equals("healthy");
  }

  static SchedulerHealth of(GetHealthResponse answer) {
    return new SchedulerHealth(
        answer.getStatus(),
        answer.getVersion(),
        answer.getStrategy(),
        answer.getDurability(),
        answer.getAvailableInstances(),
        answer.getRegisteredInstances(),
        answer.getLiveTasks());
  }
}
