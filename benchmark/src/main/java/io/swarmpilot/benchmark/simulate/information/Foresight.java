package io.swarmpilot.benchmark.simulate.information;

import com.google.common.collect.ImmutableMap;
import io.swarmpilot.benchmark.simulate.fleet.Fleet;
import io.swarmpilot.benchmark.simulate.latency.HardwareLatency;
import io.swarmpilot.benchmark.simulate.trace.Trace;
import io.swarmpilot.benchmark.simulate.workload.Workload;
import io.swarmpilot.scheduler.core.Estimate;
import io.swarmpilot.scheduler.core.Estimates;
import io.swarmpilot.scheduler.core.Target;
import io.swarmpilot.scheduler.forecast.ExecutionTime;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// What the scheduler is told of tasks.
@FunctionalInterface
public interface Foresight {
  /// How long a task is expected to execute on each kind of hardware.
  Estimates of(Workload tasks, int task);

  /// What is known, learned from the requests of a trace before one.
  ///
  /// @param before the first request that is not learned from, at least 10 for QUANTILES
  /// @param noise spread of the noise of executions
  static Foresight learned(
      Information information, Fleet fleet, Trace trace, int before, double noise, long seed) {
    return switch (information) {
      case ORACLE -> (tasks, task) -> oracle(fleet, tasks, task);
      case NONE -> always(Estimates.everywhere(prior()));
      case MEAN -> always(mean(fleet, trace, before, factors(trace, before, noise, seed)));
      case QUANTILES ->
          TrainedForesight.of(fleet, trace, before, factors(trace, before, noise, seed));
    };
  }

  /// The name of a kind of hardware as the scheduler knows it.
  static Target target(HardwareLatency kind) {
    return new Target(kind.name(), "", "");
  }

  private static Foresight always(Estimates estimates) {
    return (tasks, task) -> estimates;
  }

  private static double[] factors(Trace trace, int count, double noise, long seed) {
    if (trace.hasTimes()) {
      return IntStream.range(0, count).mapToDouble(trace::recordedMs).toArray();
    }
    return Workload.noise(count, noise, new SplittableRandom(~seed));
  }

  private static Estimates oracle(Fleet fleet, Workload tasks, int task) {
    ImmutableMap.Builder<Target, Estimate> byTarget = ImmutableMap.builder();
    Estimate any = prior();
    for (HardwareLatency kind : fleet.kinds()) {
      any = new Estimate(ExecutionTime.of(tasks.aloneMs(task, kind), 0), "metadata");
      byTarget.put(target(kind), any);
    }
    return new Estimates(byTarget.buildKeepingLast(), any);
  }

  private static Estimates mean(Fleet fleet, Trace trace, int before, double[] factors) {
    ImmutableMap.Builder<Target, Estimate> byTarget = ImmutableMap.builder();
    Estimate any = prior();
    for (HardwareLatency kind : fleet.kinds()) {
      double[] times =
          IntStream.range(0, before)
              .mapToDouble(
                  i -> factors[i] * kind.aloneMs(trace.inputTokens(i), trace.outputTokens(i)))
              .toArray();
      double mean = Arrays.stream(times).average().orElse(0);
      double squares = Arrays.stream(times).map(x -> (x - mean) * (x - mean)).average().orElse(0);
      any = new Estimate(ExecutionTime.of(mean, Math.sqrt(squares)), "statistics");
      byTarget.put(target(kind), any);
    }
    return new Estimates(byTarget.buildKeepingLast(), any);
  }

  /// What the scheduler assumes of a model of which nothing is known.
  private static Estimate prior() {
    return new Estimate(ExecutionTime.of(1_000, 1_000), "prior", true);
  }
}
