package io.swarmpilot.scheduler.performance;

import io.swarmpilot.scheduler.core.MeasuredPool;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/// A decision as the core makes it: whose turn it is, where it goes, whether it is admitted, what
/// it is charged; with the end and refund of another task. The instances' forecasts are what they
/// are at that moment, computed anew where they must be.
public class DecisionBenchmark extends PolicyBenchmark {
  /// Instances of the model.
  @Param("1000")
  public int instances;

  /// Slots of each of them.
  @Param("1")
  public int slots;

  private MeasuredPool pool;

  /// Fills the fleet and the queue.
  @Setup
  public void fill() {
    pool = new MeasuredPool(newPolicy(), instances, slots, queued, new SplittableRandom(1));
  }

  /// A task comes, one ends, and one is placed.
  @Benchmark
  public int decide() {
    return pool.turn();
  }

  /// A task comes and is withdrawn: the part of [#decide] that makes the task, to be subtracted.
  @Benchmark
  public void submit() {
    pool.comeAndGo();
  }
}
