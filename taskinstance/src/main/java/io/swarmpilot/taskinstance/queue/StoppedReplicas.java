package io.swarmpilot.taskinstance.queue;

import java.util.List;

/// What a stop did.
///
/// @param ids replicas that take no further tasks
/// @param remaining replicas that still do
public record StoppedReplicas(List<String> ids, int remaining) {}
