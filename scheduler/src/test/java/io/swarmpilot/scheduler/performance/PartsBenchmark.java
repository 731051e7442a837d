package io.swarmpilot.scheduler.performance;

import io.swarmpilot.scheduler.policy.Policy;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/// The parts of a decision, each alone: whose turn it is, where it goes among candidates whose
/// forecasts are known, and what it is charged there.
public class PartsBenchmark extends PolicyBenchmark {
  private static final long BETWEEN_NANOS = 20_000;

  /// Candidates that a task is offered.
  @Param({"16", "1000"})
  public int candidates;

  private Policy chooser;
  private SplittableRandom random;
  private MeasuredFleet fleet;
  private QueuedLoad load;
  private MeasuredTask task;
  private int turn;

  /// Fills the fleet and the queue.
  @Setup
  public void fill() {
    random = new SplittableRandom(1);
    chooser = newPolicy();
    fleet = new MeasuredFleet(candidates, queued, random);
    load = new QueuedLoad(queued, 100, chooser, fleet, random);
    task = load.turn();
  }

  /// A task enters the queue, and the one whose turn it is leaves it.
  @Benchmark
  public Object order() {
    fleet.passes(BETWEEN_NANOS);
    return load.turn();
  }

  /// A candidate is chosen.
  @Benchmark
  public int select() {
    return chooser.select(task, fleet, fleet, random);
  }

  /// An instance is charged with a task, refunded for another, and forecast anew.
  @Benchmark
  public void charge() {
    fleet.passes(BETWEEN_NANOS);
    turn = turn + 1 < candidates ? turn + 1 : 0;
    fleet.turnOver(turn, task.executionTime());
  }
}
