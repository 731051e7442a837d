package io.swarmpilot.launcher.performance;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import io.swarmpilot.benchmark.simulate.Setup;
import io.swarmpilot.benchmark.simulate.fleet.Faults;
import io.swarmpilot.benchmark.simulate.fleet.Fleet;
import io.swarmpilot.benchmark.simulate.information.Foresight;
import io.swarmpilot.benchmark.simulate.information.Information;
import io.swarmpilot.benchmark.simulate.measure.Bound;
import io.swarmpilot.benchmark.simulate.measure.Lives;
import io.swarmpilot.benchmark.simulate.measure.Row;
import io.swarmpilot.benchmark.simulate.measure.Summary;
import io.swarmpilot.benchmark.simulate.mesh.Conditions;
import io.swarmpilot.benchmark.simulate.mesh.MeshRun;
import io.swarmpilot.benchmark.simulate.mesh.Promise;
import io.swarmpilot.benchmark.simulate.read.LatencyReader;
import io.swarmpilot.benchmark.simulate.read.TraceReader;
import io.swarmpilot.benchmark.simulate.trace.Trace;
import io.swarmpilot.benchmark.simulate.workload.Sampling;
import io.swarmpilot.benchmark.simulate.workload.Workload;
import io.swarmpilot.benchmark.simulate.workload.Workload.Sample;
import io.swarmpilot.scheduler.policy.PolicySettings;
import java.io.IOException;
import java.nio.file.Path;

/// The same tasks of a production trace at load 0.85 twice: on a real mesh whose instances are
/// emulated, and in virtual time.
///
/// @param real on the mesh
/// @param virtual in the policy lab
/// @param realAsItWas on the mesh, slowdowns over how long each task held its instance
/// @param virtualAsItWas in the policy lab with tasks that come and last as they did on the mesh
record Replay(Row real, Row virtual, Row realAsItWas, Row virtualAsItWas) {
  private static final String DATA = "../predictor/src/test/resources/data/";
  private static final String POLICY = "proportional_deadline";
  private static final double LOAD = 0.85;
  private static final long SEED = 2;

  /// Runs them.
  ///
  /// @param replicas instances of one slot each
  /// @param meanMs how long tasks take on the mesh on the average
  static Replay of(int tasks, int replicas, double meanMs) throws IOException {
    Setup setup = setup(tasks, replicas);
    Fleet fleet = setup.fleet();
    Workload planned =
        Workload.of(setup.trace(), setup.firstRun(), setup.sample(), fleet, LOAD, SEED);
    EmulatedRun run = EmulatedRun.of(planned, fleet, meanMs);
    Workload actual = run.asTheyTurnedOut();
    Foresight exact =
        Foresight.learned(Information.ORACLE, fleet, setup.trace(), setup.firstRun(), 0, SEED);
    // What was foretold is what was planned, however tasks turned out.
    Foresight asPlanned = (any, task) -> exact.of(planned, task);
    return new Replay(
        row(fleet, planned, run.lives()),
        row(fleet, planned, virtual(fleet, planned, asPlanned)),
        row(fleet, actual, run.lives()),
        row(fleet, actual, virtual(fleet, actual, asPlanned)));
  }

  /// How far the mesh is off virtual time, as a share of the mean slowdown there.
  double difference() {
    return real.slowdownMean() / virtual.slowdownMean() - 1;
  }

  /// The same where the tasks of virtual time come and last as they did on the mesh.
  double differenceAsItWas() {
    return realAsItWas.slowdownMean() / virtualAsItWas.slowdownMean() - 1;
  }

  private static Lives virtual(Fleet fleet, Workload tasks, Foresight foresight) {
    Conditions conditions =
        new Conditions(fleet, Faults.NONE, Promise.NONE, PolicySettings.DEFAULTS);
    return MeshRun.run(POLICY, conditions, tasks, foresight, SEED, arrived -> {}).lives();
  }

  private static Row row(Fleet fleet, Workload tasks, Lives lives) {
    return new Summary(fleet, tasks, ImmutableDoubleArray.of(), Bound.THREE_TIMES)
        .of(POLICY, LOAD, lives, 0, false);
  }

  private static Setup setup(int tasks, int replicas) {
    Trace trace = TraceReader.read(Path.of(DATA + "azure-llm-2023-conv.csv.gz"));
    Fleet fleet =
        Fleet.parse(
            "a100:" + replicas,
            "llama2-70b",
            LatencyReader.read(Path.of(DATA + "splitwise-perf-model.csv.gz")),
            1,
            0);
    return new Setup(
        trace,
        fleet,
        new Sample(Sampling.RESAMPLED, tasks, 0.2),
        ImmutableList.of(LOAD),
        ImmutableList.of(SEED),
        Information.ORACLE,
        Promise.NONE,
        Faults.NONE,
        PolicySettings.DEFAULTS,
        ImmutableDoubleArray.of());
  }
}
