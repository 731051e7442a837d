package io.swarmpilot.client;

import io.swarmpilot.proto.taskinstance.v1.GetHealthResponse;

/// Health of a task instance.
///
/// @param status `healthy` or `draining`
/// @param version version of its software
/// @param instanceId name the instance gives itself
public record InstanceHealth(String status, String version, String instanceId) {
  static InstanceHealth of(GetHealthResponse answer) {
    return new InstanceHealth(answer.getStatus(), answer.getVersion(), answer.getInstanceId());
  }
}
