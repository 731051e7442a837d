package io.swarmpilot.benchmark.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import io.swarmpilot.benchmark.simulate.fleet.Faults;
import io.swarmpilot.benchmark.simulate.fleet.Fleet;
import io.swarmpilot.benchmark.simulate.information.Information;
import io.swarmpilot.benchmark.simulate.measure.Row;
import io.swarmpilot.benchmark.simulate.mesh.Promise;
import io.swarmpilot.benchmark.simulate.reference.Reference;
import io.swarmpilot.benchmark.simulate.workload.Sampling;
import io.swarmpilot.benchmark.simulate.workload.Workload.Sample;
import io.swarmpilot.scheduler.policy.PolicyRegistry;
import io.swarmpilot.scheduler.policy.PolicySettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Experiments as a whole.
final class ExperimentTest {
  @Test
  void theSameSetupGivesTheSameRows() {
    List<String> subjects =
        new ArrayList<>(PolicyRegistry.discover(PolicySettings.DEFAULTS).names());
    Arrays.stream(Reference.values()).map(Reference::label).forEach(subjects::add);
    Setup setup = setup("fast:3,slow:3", Promise.NONE, "", 0.9, Information.QUANTILES);
    List<Row> first = new Experiment(setup).run(subjects, (what, done) -> {});
    List<Row> second = new Experiment(setup).run(subjects, (what, done) -> {});
    assertThat(second).isEqualTo(first);
    assertThat(first).extracting(Row::dropped).containsOnly(0.0);
  }

  @Test
  void anOverloadIsShedOnlyWhereThatIsAllowed() {
    Row kept =
        Lab.run(
            "proportional_deadline", setup("fast:4", Promise.NONE, "", 1.5, Information.ORACLE));
    Row shed =
        Lab.run(
            "proportional_deadline",
            setup("fast:4", new Promise(3, true), "", 1.5, Information.ORACLE));
    assertThat(kept.dropped()).isZero();
    assertThat(shed.dropped()).isPositive();
    assertThat(shed.within3x()).isGreaterThan(0.5);
    assertThat(kept.within3x()).isLessThan(shed.within3x());
  }

  @Test
  void lostTasksRunAgain() {
    Row row =
        Lab.run(
            "proportional_deadline",
            setup("fast:4", Promise.NONE, "crash:2:0.5", 0.7, Information.ORACLE));
    assertThat(row.dropped()).isZero();
  }

  @Test
  void replicasThatComeLateTakeTheirShareThen() {
    Setup all = setup("fast:8", Promise.NONE, "", 0.6, Information.ORACLE);
    Setup late = setup("fast:8", Promise.NONE, "late:4:0.5", 0.6, Information.ORACLE);
    double whole = Lab.run("fifo", all).slowdownMean();
    Row row = Lab.run("fifo", late);
    assertThat(row.slowdownMean()).isGreaterThan(2 * whole);
    assertThat(row.makespanS()).isLessThan(1.1 * Lab.run("fifo", all).makespanS());
  }

  @Test
  void aHandOverTakesItsTime() {
    double without =
        Lab.run("fifo", setup("fast:8", Promise.NONE, "", 0.3, Information.ORACLE)).meanS();
    double with =
        Lab.run("fifo", setup("fast:8", Promise.NONE, "handover:20", 0.3, Information.ORACLE))
            .meanS();
    assertThat(with - without).isBetween(0.02, 0.03);
  }

  @Test
  void anUnknownPolicyIsNamedWithThoseThereAre() {
    Setup setup = setup("fast:1", Promise.NONE, "", 0.5, Information.NONE);
    assertThatThrownBy(() -> Experiment.subjects(List.of("best"), setup))
        .hasMessageContaining("best")
        .hasMessageContaining("proportional_deadline");
  }

  @Test
  void whatIsOutOfItsRangeIsNamed() {
    assertThatThrownBy(() -> setup("fast:1", Promise.NONE, "", 0, Information.NONE))
        .hasMessageContaining("--load");
    assertThatThrownBy(() -> Faults.parse("slow:1")).hasMessageContaining("slow:1");
    assertThatThrownBy(() -> Faults.parse("fast:1:2")).hasMessageContaining("handover");
    assertThatThrownBy(() -> Lab.fleet("fast")).hasMessageContaining("HARDWARE:NUMBER");
    assertThatThrownBy(() -> Lab.fleet("fast:0")).hasMessageContaining("fast:0");
    assertThatThrownBy(() -> Lab.fleet("tpu:4")).hasMessageContaining("m on fast");
  }

  private static Setup setup(
      String fleet, Promise promise, String faults, double load, Information information) {
    Fleet replicas = Lab.fleet(fleet);
    return new Setup(
        Lab.exponential(4_000, 7),
        replicas,
        new Sample(Sampling.RESAMPLED, 4_000, 0.1),
        ImmutableList.of(load),
        ImmutableList.of(1L),
        information,
        promise,
        Faults.parse(faults),
        PolicySettings.DEFAULTS,
        ImmutableDoubleArray.of());
  }
}
