package io.swarmpilot.taskinstance.service;

/// Who the instance is.
///
/// @param instanceId name it gives itself
/// @param incarnation names this run of the process
/// @param hardware hardware as it enters predictions
public record InstanceIdentity(String instanceId, String incarnation, String hardware) {}
