package io.swarmpilot.scheduler.shadow;

import io.swarmpilot.scheduler.core.InstanceStatus;
import io.swarmpilot.scheduler.core.Target;

/// What is known of an instance of the live mesh.
final class LiveInstance {
  /// Weight of the newest hand-over in their mean.
  private static final double WEIGHT = 1.0 / 16;

  private InstanceStatus status = InstanceStatus.IDLE;
  private int outstanding;
  private double handoverMs;

  void reports(InstanceStatus now) {
    status = now;
  }

  Target target() {
    return status.target();
  }

  /// Whether a task given to it now would start at once.
  boolean isFree() {
    return outstanding < Math.max(status.slots(), status.replicas());
  }

  void takes() {
    outstanding++;
  }

  void gives() {
    outstanding--;
  }

  /// A task started so long after it was given to it while it was free, ms.
  void handedOver(double ms) {
    handoverMs = handoverMs == 0 ? ms : handoverMs + WEIGHT * (ms - handoverMs);
  }

  /// How long it lately took to start what it was given while it was free, ms.
  double handoverMs() {
    return handoverMs;
  }
}
