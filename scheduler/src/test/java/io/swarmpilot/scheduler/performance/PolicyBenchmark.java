package io.swarmpilot.scheduler.performance;

import io.swarmpilot.scheduler.policy.Policy;
import io.swarmpilot.scheduler.policy.PolicyRegistry;
import io.swarmpilot.scheduler.policy.PolicySettings;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What the benchmarks of a strategy have in common; [SchedulerMeasurements] runs them for the
/// default one unless it is asked for others.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public abstract class PolicyBenchmark {
  /// Name of the strategy.
  @Param("proportional_deadline")
  public String strategy = "";

  /// Tasks that wait: in the central queue, or under early binding at the instances.
  @Param("50000")
  public int queued;

  /// A new instance of the policy.
  Policy newPolicy() {
    return PolicyRegistry.discover(PolicySettings.DEFAULTS).create(strategy);
  }
}
