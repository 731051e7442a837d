package io.swarmpilot.scheduler.performance;

import io.swarmpilot.scheduler.core.MeasuredPool;
import io.swarmpilot.scheduler.policy.ShortestQueue;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// The probability to miss an objective, over sixteen candidates whose queues have just moved on by
/// a sixteenth of a task.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MissBenchmark {
  private static final int CANDIDATES = 16;
  private static final int QUEUED_EACH = 3;
  private static final double WITHIN_MS = 2_000;

  /// Slots of each candidate.
  @Param({"1", "4"})
  public int slots;

  private MeasuredPool pool;

  /// Fills the candidates.
  @Setup
  public void fill() {
    pool =
        new MeasuredPool(
            new ShortestQueue(),
            CANDIDATES,
            slots,
            CANDIDATES * QUEUED_EACH,
            new SplittableRandom(1));
  }

  /// Asks all of them.
  @Benchmark
  public double sixteen() {
    return pool.missProbability(CANDIDATES, WITHIN_MS);
  }
}
