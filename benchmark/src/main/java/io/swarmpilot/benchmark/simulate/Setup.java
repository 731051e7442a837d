package io.swarmpilot.benchmark.simulate;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import io.swarmpilot.benchmark.simulate.fleet.Faults;
import io.swarmpilot.benchmark.simulate.fleet.Fleet;
import io.swarmpilot.benchmark.simulate.information.Information;
import io.swarmpilot.benchmark.simulate.mesh.Promise;
import io.swarmpilot.benchmark.simulate.trace.Trace;
import io.swarmpilot.benchmark.simulate.workload.Workload.Sample;
import io.swarmpilot.predictor.learn.TrainingSettings;
import io.swarmpilot.scheduler.policy.PolicySettings;

/// What an experiment is made of.
///
/// @param trace the requests; the first half teaches the predictor, the second half is run
/// @param fleet the replicas
/// @param sample how tasks are taken from the trace
/// @param loads arrival rates over what the fleet can do
/// @param seeds of the draws; figures are means over them
/// @param information what is known of tasks
/// @param promise what is promised of them
/// @param faults what goes wrong
/// @param policies settings of the policies
/// @param prices price of an hour of each kind of hardware, none when they are not known
public record Setup(
    Trace trace,
    Fleet fleet,
    Sample sample,
    ImmutableList<Double> loads,
    ImmutableList<Long> seeds,
    Information information,
    Promise promise,
    Faults faults,
    PolicySettings policies,
    ImmutableDoubleArray prices) {
  private static final double MOST_LOAD = 100;
  private static final double MOST_NOISE = 5;

  /// Checks the ranges.
  ///
  /// @throws IllegalArgumentException naming what is out of its range
  public Setup {
    require(!loads.isEmpty(), "--load: there is none");
    require(
        loads.stream().allMatch(load -> load > 0 && load <= MOST_LOAD),
        "--load must be above 0, at most " + MOST_LOAD);
    require(!seeds.isEmpty(), "--seed: there is none");
    require(
        sample.noise() >= 0 && sample.noise() <= MOST_NOISE, "--noise must be 0 to " + MOST_NOISE);
    require(
        sample.tasks() >= 1 && sample.tasks() <= Trace.MOST_REQUESTS,
        "--tasks must be 1 to " + Trace.MOST_REQUESTS);
    require(
        information != Information.QUANTILES || trace.size() / 2 >= TrainingSettings.LEAST_SAMPLES,
        "the trace has "
            + trace.size()
            + " requests; --information quantiles needs at least "
            + 2 * TrainingSettings.LEAST_SAMPLES);
    require(
        prices.isEmpty() || prices.length() == fleet.kinds().size(),
        "--prices: as many prices as kinds of hardware in --fleet are needed");
  }

  /// The first request that is run.
  public int firstRun() {
    return trace.size() / 2;
  }

  /// The same with another fleet and one load.
  Setup on(Fleet other, double load) {
    return new Setup(
        trace,
        other,
        sample,
        ImmutableList.of(load),
        seeds,
        information,
        promise,
        faults,
        policies,
        prices);
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
