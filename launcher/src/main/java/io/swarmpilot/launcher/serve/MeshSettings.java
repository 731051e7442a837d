package io.swarmpilot.launcher.serve;

import io.swarmpilot.launcher.settings.CommandFailure;
import io.swarmpilot.launcher.settings.Ports;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// How the all-in-one mesh is set up.
///
/// @param host address to listen on
/// @param ports ports to listen on
/// @param instances task instances
/// @param replicas replicas of the model in each
/// @param model model to run
/// @param backendConfig settings of what runs it, a JSON object
/// @param dataDirectory where files go
/// @param scheduler further settings of the scheduler
/// @param predictor further settings of the predictor
/// @param instance further settings of each instance
record MeshSettings(
    String host,
    Ports ports,
    int instances,
    int replicas,
    String model,
    String backendConfig,
    Path dataDirectory,
    SchedulerOptions scheduler,
    PredictorOptions predictor,
    InstanceOptions instance) {
  MeshSettings {
    if (instances < 0 || instances > Ports.MAX_INSTANCES) {
      throw new CommandFailure(
          "--instances must be 0 to " + Ports.MAX_INSTANCES + ", not " + instances);
    }
    if (replicas < 1 || replicas > 1_024) {
      throw new CommandFailure("--replicas must be 1 to 1024, not " + replicas);
    }
  }

  /// Every port, with what it is for.
  Map<Integer, String> roles() {
    Map<Integer, String> roles = new LinkedHashMap<>();
    roles.put(ports.everything(), "gateway");
    roles.put(ports.scheduler(), "scheduler");
    roles.put(ports.predictor(), "predictor");
    roles.put(ports.schedulerGrpc(), "scheduler, gRPC");
    roles.put(ports.predictorGrpc(), "predictor, gRPC");
    for (int k = 0; k < instances; k++) {
      roles.put(ports.instance(k), instanceId(k));
      roles.put(ports.instanceGrpc(k), instanceId(k) + ", gRPC");
    }
    return roles;
  }

  /// Name of an instance, counted from 0.
  static String instanceId(int index) {
    return "task-instance-" + (index + 1);
  }
}
