package io.swarmpilot.scheduler.policy;

/// The earliest deadline first. What can hardly meet its objective any more steps back, or is shed
/// where that is allowed: plain deadline order makes everything late in an overload. A task without
/// objective counts as due a minute after its arrival, so that it is overtaken only by tasks that
/// arrive within that minute.
public final class EarliestDeadline implements FirstCompletion {
  /// Time after which a task without objective counts as due, ms.
  static final double WITHOUT_OBJECTIVE_MS = 60_000;

  private final PolicySettings settings;

  /// With the thresholds of these settings.
  public EarliestDeadline(PolicySettings settings) {
    this.settings = settings;
  }

  @Override
  public String name() {
    return "edf";
  }

  /// When the task is due.
  @Override
  public double order(WaitingTask task, PoolView pool) {
    return task.hasSlo() ? task.deadlineMs() : task.arrivalMs() + WITHOUT_OBJECTIVE_MS;
  }

  @Override
  public Admission admit(WaitingTask task, PoolView pool, double missProbability) {
    return Objectives.admission(task, missProbability, settings);
  }
}
