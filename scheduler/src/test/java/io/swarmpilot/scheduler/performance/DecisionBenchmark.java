package io.swarmpilot.scheduler.performance;

import io.swarmpilot.scheduler.policy.Policy;
import io.swarmpilot.scheduler.policy.PolicyRegistry;
import io.swarmpilot.scheduler.policy.PolicySettings;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// The parts of a decision, each alone: whose turn it is, where it goes among candidates whose
/// forecasts are known, and what it costs there; with the task's return and its refund.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DecisionBenchmark {
  private static final long BETWEEN_NANOS = 20_000;

  /// Name of the policy.
  @Param("least_requests")
  public String policy = "";

  /// Candidates that a task is offered.
  @Param({"1", "16", "1000", "10000"})
  public int candidates;

  /// Tasks in the central queue.
  @Param("50000")
  public int queued;

  private Policy chooser;
  private SplittableRandom random;
  private MeasuredFleet fleet;
  private QueuedLoad load;
  private MeasuredTask task;

  /// Fills the fleet and the queue.
  @Setup
  public void fill() {
    random = new SplittableRandom(1);
    chooser = PolicyRegistry.discover(PolicySettings.DEFAULTS).create(policy);
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

  /// All of it: order, select, charge and refund.
  @Benchmark
  public int decide() {
    fleet.passes(BETWEEN_NANOS);
    MeasuredTask next = load.turn();
    int index = chooser.select(next, fleet, fleet, random);
    fleet.turnOver(index, next.executionTime());
    return index;
  }
}
