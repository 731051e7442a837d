package io.swarmpilot.scheduler.view;

/// All that readers see.
public final class SchedulerView {
  private final TaskTable tasks = new TaskTable();
  private final FleetTable fleet = new FleetTable();
  private final QueueTable queues = new QueueTable();
  private final TaskWatchers watchers = new TaskWatchers();
  private volatile Settings settings;

  /// A view of a scheduler with these settings and nothing else.
  public SchedulerView(Settings settings) {
    this.settings = settings;
  }

  /// The tasks.
  public TaskTable tasks() {
    return tasks;
  }

  /// The instances.
  public FleetTable fleet() {
    return fleet;
  }

  /// What waits for the instances of each model.
  public QueueTable queues() {
    return queues;
  }

  /// Those who follow tasks.
  public TaskWatchers watchers() {
    return watchers;
  }

  /// What is in force.
  public Settings settings() {
    return settings;
  }

  /// Shows what is in force now.
  public void show(Settings changed) {
    settings = changed;
  }
}
