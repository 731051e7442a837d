package io.swarmpilot.scheduler.predict;

import io.swarmpilot.proto.predictor.v1.ExecutionTarget;
import io.swarmpilot.scheduler.core.Target;

/// Kinds of instance in the predictor's words.
final class PredictorTargets {
  private PredictorTargets() {}

  static ExecutionTarget encode(Target target) {
    return ExecutionTarget.newBuilder()
        .setHardware(target.hardware())
        .setSoftwareName(target.softwareName())
        .setSoftwareVersion(target.softwareVersion())
        .build();
  }
}
