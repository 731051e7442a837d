package io.swarmpilot.scheduler.core;

/// What an instance says of itself.
///
/// @param model model it runs, or ""
/// @param replicas replicas running
/// @param slots tasks that can run at the same moment
/// @param target hardware and software
/// @param draining whether it takes no new tasks because it is shutting down
/// @param gpus GPUs its replicas occupy, 0 when it does not say
public record InstanceStatus(
    String model, int replicas, int slots, Target target, boolean draining, int gpus) {
  /// An instance that runs nothing.
  public static final InstanceStatus IDLE = new InstanceStatus("", 0, 0, Target.UNKNOWN, false, 0);
}
