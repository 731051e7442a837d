package io.swarmpilot.scheduler.performance;

import io.swarmpilot.scheduler.policy.Fifo;
import io.swarmpilot.scheduler.policy.Policy;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/// How long turns take when the policy is switched every 200 of them: the switch and the turns
/// after it sort all waiting tasks anew. The distribution is shown, for it is the longest turn that
/// stalls a submit.
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class PolicySwitchBenchmark extends PolicyBenchmark {
  private static final int TURNS = 200;

  /// Users whose tasks wait.
  @Param({"1", "1000"})
  public int users;

  private int turn;
  private Policy one;
  private Policy other;
  private QueuedLoad load;

  /// Fills the queue.
  @Setup
  public void fill() {
    SplittableRandom random = new SplittableRandom(1);
    one = newPolicy();
    other = new Fifo();
    load = new QueuedLoad(queued, users, one, new MeasuredFleet(16, queued, random), random);
  }

  /// A turn; now and then by the other policy from here on.
  @Benchmark
  public Object turn() {
    if (++turn % TURNS == 0) {
      Policy next = other;
      other = one;
      one = next;
      load.switchTo(next);
    }
    return load.turn();
  }
}
