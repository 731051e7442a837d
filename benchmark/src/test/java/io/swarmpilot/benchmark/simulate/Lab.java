package io.swarmpilot.benchmark.simulate;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import com.google.common.primitives.ImmutableLongArray;
import io.swarmpilot.benchmark.simulate.fleet.Faults;
import io.swarmpilot.benchmark.simulate.fleet.Fleet;
import io.swarmpilot.benchmark.simulate.information.Information;
import io.swarmpilot.benchmark.simulate.latency.LatencyTable;
import io.swarmpilot.benchmark.simulate.measure.Row;
import io.swarmpilot.benchmark.simulate.mesh.Promise;
import io.swarmpilot.benchmark.simulate.trace.Trace;
import io.swarmpilot.benchmark.simulate.trace.TraceColumns;
import io.swarmpilot.benchmark.simulate.workload.Sampling;
import io.swarmpilot.benchmark.simulate.workload.Workload.Sample;
import io.swarmpilot.scheduler.policy.PolicySettings;
import java.util.List;
import java.util.SplittableRandom;

/// Experiments in a world that queueing theory knows: hardware that generates a token a millisecond
/// and reads at no cost worth speaking of, and requests that come at random.
public final class Lab {
  private static final int MEAN_TOKENS = 1_000;
  private static final double NANOS_A_MS = 1e6;

  private Lab() {}

  /// `slow` hardware takes twice as long as `fast`.
  public static LatencyTable latencies() {
    LatencyTable table = new LatencyTable("the laboratory's latencies");
    table.add(new LatencyTable.Key("m", "fast", 1), 512, 1, 1e-6, 1);
    table.add(new LatencyTable.Key("m", "fast", 1), 512, 2, 1e-6, 1.5);
    table.add(new LatencyTable.Key("m", "slow", 1), 512, 1, 2e-6, 2);
    return table;
  }

  static Fleet fleet(String text) {
    return Fleet.parse(text, "m", latencies(), 1, 0);
  }

  /// Requests that arrive as a Poisson process, with answers of exponential length.
  public static Trace exponential(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    TraceColumns columns = new TraceColumns("the laboratory's trace");
    double at = 0;
    for (int i = 0; i < count; i++) {
      at -= Math.log(1 - random.nextDouble());
      long tokens = 1 + (long) (-MEAN_TOKENS * Math.log(1 - random.nextDouble()));
      columns.add(
          i + 1,
          (long) (at * NANOS_A_MS),
          1 + random.nextInt(500),
          tokens,
          0,
          ImmutableLongArray.of());
    }
    return columns.build(false);
  }

  static Setup setup(Trace trace, Fleet fleet, Information information, double load) {
    return new Setup(
        trace,
        fleet,
        new Sample(Sampling.REPLAYED, Trace.MOST_REQUESTS, 0),
        ImmutableList.of(load),
        ImmutableList.of(1L),
        information,
        Promise.NONE,
        Faults.NONE,
        PolicySettings.DEFAULTS,
        ImmutableDoubleArray.of());
  }

  static Row run(String subject, Setup setup) {
    return new Experiment(setup).run(List.of(subject), (what, done) -> {}).getFirst();
  }
}
