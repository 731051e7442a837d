package io.swarmpilot.scheduler.dispatch;

import io.swarmpilot.scheduler.core.InstanceStatus;

/// What a foreign instance says of itself.
///
/// @param instanceId name it gives itself
/// @param queueSize tasks pending and running
/// @param status what it runs
public record ForeignStatus(String instanceId, int queueSize, InstanceStatus status) {}
