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

/// How long turns take when the policy is switched every 200 of them: the switch and the turns
/// after it sort all waiting tasks anew. The distribution is shown, for it is the longest turn that
/// stalls a submit.
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 2)
public class PolicySwitchBenchmark {
  /// Name of the policy that takes turns with `fifo`.
  @Param("least_requests")
  public String policy = "";

  /// Tasks in the central queue.
  @Param("50000")
  public int queued;

  /// Users they are of.
  @Param({"1", "1000"})
  public int users;

  private static final int TURNS = 200;

  private int turn;
  private Policy one;
  private Policy other;
  private QueuedLoad load;

  /// Fills the queue.
  @Setup
  public void fill() {
    SplittableRandom random = new SplittableRandom(1);
    PolicyRegistry registry = PolicyRegistry.discover(PolicySettings.DEFAULTS);
    one = registry.create(policy);
    other = registry.create("fifo");
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
