package io.swarmpilot.scheduler.batch;

import io.swarmpilot.scheduler.forecast.ExecutionTime;
import io.swarmpilot.scheduler.policy.PoolView;
import java.util.List;

/// The instances that fit a model and the requests that wait for them, with the model's policy and
/// turn, which stay from one call to the next.
final class BatchPool implements PoolView {
  /// Execution time where nothing tells it, ms. Source: the seconds the seeds' cost formula takes.
  private static final double UNKNOWN_MS = 1_000;

  final AskedPolicy policy;

  /// Ordinal of the instance chosen last.
  long lastChosen = -1;

  private List<Seat> seats = List.of();
  private double nowMs;
  private double usualMs = Double.NaN;
  private int queued;
  private int queuedUrgent;
  private int queuedWithSlo;

  BatchPool(AskedPolicy policy) {
    this.policy = policy;
  }

  /// Starts a call with these instances.
  void begin(List<Seat> fitting, double moment) {
    seats = fitting;
    nowMs = moment;
    queued = 0;
    queuedUrgent = 0;
    queuedWithSlo = 0;
    usualMs =
        fitting.stream()
            .mapToDouble(seat -> seat.instance.avgLatencyMs())
            .filter(latency -> latency > 0)
            .average()
            .orElse(Double.NaN);
  }

  List<Seat> seats() {
    return seats;
  }

  /// Adds a request to those that wait, or takes it away again.
  void count(BatchTask task, int sign) {
    queued += sign;
    queuedUrgent += task.priority().isUrgent() ? sign : 0;
    queuedWithSlo += task.hasSlo() ? sign : 0;
  }

  /// Average latency over the instances that have one, ms; NaN when none has.
  double usualMs() {
    return usualMs;
  }

  /// How long a request of which nothing is known is taken to execute.
  ExecutionTime usualTime() {
    return ExecutionTime.of(Double.isNaN(usualMs) ? UNKNOWN_MS : usualMs, 0);
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
    return seats.stream()
        .filter(seat -> seat.instance.serves())
        .mapToInt(seat -> seat.instance.slots())
        .sum();
  }

  @Override
  public double load() {
    return seats.stream()
        .filter(seat -> seat.instance.serves())
        .mapToDouble(Seat::load)
        .average()
        .orElse(0);
  }

  @Override
  public double predictorSkill() {
    return 1;
  }
}
