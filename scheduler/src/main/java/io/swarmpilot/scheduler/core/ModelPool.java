package io.swarmpilot.scheduler.core;

import io.swarmpilot.scheduler.policy.Policy;
import io.swarmpilot.scheduler.policy.PoolView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/// The instances of one model and the tasks that wait for one of them.
final class ModelPool implements PoolView {
  private static final double NANOS_PER_MS = 1e6;

  private static final Comparator<TaskEntry> ORDER =
      Comparator.<TaskEntry>comparingDouble(task -> task.orderKey)
          .thenComparingLong(task -> task.sequence);

  /// In order of registration.
  final List<InstanceEntry> instances = new ArrayList<>();

  /// In the order in which they are to be placed.
  final TreeSet<TaskEntry> waiting = new TreeSet<>(ORDER);

  /// Ordinal of the instance chosen last.
  long lastChosen = -1;

  Policy policy;

  /// The moment of the decision in hand.
  long now;

  ModelPool(Policy policy) {
    this.policy = policy;
  }

  @Override
  public double nowMs() {
    return now / NANOS_PER_MS;
  }

  @Override
  public int queued() {
    return waiting.size();
  }

  @Override
  public int queuedUrgent() {
    return (int) waiting.stream().filter(task -> task.priority().isUrgent()).count();
  }

  @Override
  public int queuedWithSlo() {
    return (int) waiting.stream().filter(TaskEntry::hasSlo).count();
  }

  @Override
  public int slots() {
    return instances.stream().mapToInt(InstanceEntry::slots).sum();
  }

  @Override
  public double load() {
    return instances.stream().mapToDouble(InstanceEntry::load).average().orElse(0);
  }

  @Override
  public double predictorSkill() {
    return 1;
  }

  void add(InstanceEntry instance) {
    int at = instances.size();
    while (at > 0 && instances.get(at - 1).ordinal > instance.ordinal) {
      at--;
    }
    instances.add(at, instance);
  }

  boolean isUnused() {
    return instances.isEmpty() && waiting.isEmpty();
  }
}
