package io.swarmpilot.scheduler.performance;

import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/// The whole life of a task in the core: submitted, placed, started, ended, forgotten; with all
/// events and effects, and their objects.
public class TaskLifeBenchmark extends PolicyBenchmark {
  /// Instances of the model.
  @Param("1000")
  public int instances;

  private MeasuredCore core;

  /// Connects the instances and fills them.
  @Setup
  public void fill() {
    core = new MeasuredCore(newPolicy(), instances, queued, new SplittableRandom(1));
  }

  /// A task comes, one ends, one is placed and started.
  @Benchmark
  public int live() {
    return core.turn();
  }
}
