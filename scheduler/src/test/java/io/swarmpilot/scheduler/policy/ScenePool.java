package io.swarmpilot.scheduler.policy;

/// A pool of a test.
record ScenePool(
    double nowMs,
    int queued,
    int queuedUrgent,
    int queuedWithSlo,
    int slots,
    double load,
    double predictorSkill)
    implements PoolView {
  /// With nothing queued.
  static ScenePool at(double nowMs) {
    return new ScenePool(nowMs, 0, 0, 0, 4, 0.5, 1);
  }

  ScenePool withLoad(double share) {
    return new ScenePool(nowMs, queued, queuedUrgent, queuedWithSlo, slots, share, predictorSkill);
  }

  ScenePool withQueue(int all, int urgent, int withSlo) {
    return new ScenePool(nowMs, all, urgent, withSlo, slots, load, predictorSkill);
  }

  ScenePool withSkill(double skill) {
    return new ScenePool(nowMs, queued, queuedUrgent, queuedWithSlo, slots, load, skill);
  }
}
