package io.swarmpilot.scheduler.dispatch;

import io.swarmpilot.proto.taskinstance.v1.GetStatusResponse;
import io.swarmpilot.proto.taskinstance.v1.Heartbeat;
import io.swarmpilot.scheduler.core.EngineLoad;
import io.swarmpilot.scheduler.core.InstanceStatus;
import io.swarmpilot.scheduler.core.Target;

/// What an instance of ours says of itself, in our words.
public final class MeshStatus {
  private MeshStatus() {}

  /// When asked.
  public static InstanceStatus of(GetStatusResponse status) {
    return new InstanceStatus(
        status.getModelType(),
        Math.max(0, status.getReplicasRunning()),
        Math.max(0, status.getSlots()),
        new Target(status.getHardware(), status.getSoftwareName(), status.getSoftwareVersion()),
        false,
        Math.max(0, status.getGpus()));
  }

  /// By heartbeat.
  static InstanceStatus of(Heartbeat heartbeat) {
    return new InstanceStatus(
        heartbeat.getModelType(),
        Math.max(0, heartbeat.getReplicasRunning()),
        Math.max(0, heartbeat.getSlots()),
        new Target(
            heartbeat.getHardware(), heartbeat.getSoftwareName(), heartbeat.getSoftwareVersion()),
        heartbeat.getDraining(),
        Math.max(0, heartbeat.getGpus()));
  }

  /// How busy its engines say they are, by heartbeat.
  static EngineLoad load(Heartbeat heartbeat) {
    if (!heartbeat.hasLoad()) {
      return EngineLoad.UNTOLD;
    }
    var load = heartbeat.getLoad();
    return new EngineLoad(
        Math.max(0, load.getRunning()),
        Math.max(0, load.getWaiting()),
        load.hasCacheUse() ? load.getCacheUse() : Double.NaN);
  }
}
