package io.swarmpilot.scheduler.core;

import io.swarmpilot.scheduler.policy.PoolView;

/// A pool as it was when a decision was made. Filled again and again.
final class RecordedPool implements PoolView {
  private double nowMs;
  private int queued;
  private int queuedUrgent;
  private int queuedWithSlo;
  private int slots;
  private double load;
  private double skill;

  void fill(PoolView from) {
    nowMs = from.nowMs();
    queued = from.queued();
    queuedUrgent = from.queuedUrgent();
    queuedWithSlo = from.queuedWithSlo();
    slots = from.slots();
    load = from.load();
    skill = from.predictorSkill();
  }

  @Override
  public double nowMs() {
    return nowMs;
  }

  @Override
  public int queued() {
    return queued;
  }

  @Override
  public int queuedUrgent() {
    return queuedUrgent;
  }

  @Override
  public int queuedWithSlo() {
    return queuedWithSlo;
  }

  @Override
  public int slots() {
    return slots;
  }

  @Override
  public double load() {
    return load;
  }

  @Override
  public double predictorSkill() {
    return skill;
  }
}
