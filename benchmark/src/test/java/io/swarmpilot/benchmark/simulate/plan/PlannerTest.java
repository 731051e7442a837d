package io.swarmpilot.benchmark.simulate.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import io.swarmpilot.benchmark.simulate.Lab;
import io.swarmpilot.benchmark.simulate.Setup;
import io.swarmpilot.benchmark.simulate.fleet.Faults;
import io.swarmpilot.benchmark.simulate.fleet.Fleet;
import io.swarmpilot.benchmark.simulate.information.Information;
import io.swarmpilot.benchmark.simulate.measure.Bound;
import io.swarmpilot.benchmark.simulate.mesh.Promise;
import io.swarmpilot.benchmark.simulate.plan.Attainment.Certainty;
import io.swarmpilot.benchmark.simulate.workload.Sampling;
import io.swarmpilot.benchmark.simulate.workload.Workload.Sample;
import io.swarmpilot.scheduler.policy.PolicySettings;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Fleets for tasks that take a second on average: a rate of r a second needs more than r replicas.
final class PlannerTest {
  private static final Promised PROMISED = new Promised(Bound.THREE_TIMES, 0.9);

  @Test
  void theSmallestFleetKeepsThePromiseAndTheNextSmallerDoesNot() {
    Planner planner = planner("fast:1");
    Advice plan = planner.smallestFleet("proportional_deadline", PlannerTest::fleet, 6);
    assertThat(plan.found()).isTrue();
    assertThat(plan.replicas()).isBetween(7, 12);
    assertThat(plan.attained()).isGreaterThanOrEqualTo(0.9);
    assertThat(plan.fewest()).isLessThanOrEqualTo(plan.replicas());
    assertThat(plan.most()).isGreaterThanOrEqualTo(plan.replicas());
    assertThat(plan.load()).isCloseTo(6.0 / plan.replicas(), within(0.06));
    // 6 tasks a second take 1000 / 6 s for a thousand, at 3.6 an hour for each replica.
    assertThat(plan.costPer1000()).isCloseTo(plan.replicas() / 6.0, within(1e-9));
    Advice plain = planner.smallestFleet("round_robin", PlannerTest::fleet, 6);
    assertThat(plain.replicas()).isGreaterThan(plan.replicas());
  }

  @Test
  void theHighestLoadOfAFleetLiesWithinItsInterval() {
    Planner planner = planner("fast:8");
    Advice plan = planner.highestLoad("proportional_deadline");
    assertThat(plan.load()).isBetween(0.5, 1.0);
    assertThat(plan.lowest()).isLessThanOrEqualTo(plan.load());
    assertThat(plan.highest()).isGreaterThanOrEqualTo(plan.load());
    assertThat(planner.highestLoad("round_robin").load()).isLessThan(plan.load());
  }

  @Test
  void anIntervalIsThatOfStudent() {
    Attainment attainment = Attainment.of(0.90, 0.92, 0.94);
    assertThat(attainment.mean()).isCloseTo(0.92, within(1e-12));
    assertThat(attainment.margin()).isCloseTo(4.30 * 0.02 / Math.sqrt(3), within(1e-12));
    assertThat(attainment.reaches(0.93, Certainty.PERHAPS)).isTrue();
    assertThat(attainment.reaches(0.919, Certainty.PROBABLY)).isTrue();
    assertThat(attainment.reaches(0.919, Certainty.SURELY)).isFalse();
    assertThat(Attainment.of(0.9).reaches(0.9, Certainty.SURELY)).isTrue();
  }

  @Test
  void promisesOutOfTheirRangeAreNamed() {
    for (String wrong :
        List.of("0x", "0.5x", "x", "", "-3x", "3xx", "0ms", "3h", "1e3x", "90000s")) {
      assertThatThrownBy(() -> Promised.parse(wrong, 0.9))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("--slo");
    }
    assertThatThrownBy(() -> Promised.parse("3x", 1)).hasMessageContaining("--attain");
    double none = Double.POSITIVE_INFINITY;
    assertThat(Promised.parse("5X", 0.5).bound()).isEqualTo(new Bound(5, none));
    assertThat(Promised.parse(" 2.5x", 0.5).bound()).isEqualTo(new Bound(2.5, none));
    assertThat(Promised.parse("3", 0.5).bound()).isEqualTo(Bound.THREE_TIMES);
    assertThat(Promised.parse("800ms", 0.5).bound()).isEqualTo(new Bound(none, 0.8));
    assertThat(Promised.parse("2.5s", 0.5).bound()).isEqualTo(new Bound(none, 2.5));
  }

  @Test
  void aPromiseOfAResponseTimeNeedsMoreReplicasTheShorterItIs() {
    // Tasks take a second on the average, and one in ten more than 2.3 s.
    Planner lenient = planner("fast:1", new Promised(Bound.parse("5s"), 0.9));
    Planner strict = planner("fast:1", new Promised(Bound.parse("2500ms"), 0.9));
    int few = lenient.smallestFleet("proportional_deadline", PlannerTest::fleet, 6).replicas();
    int many = strict.smallestFleet("proportional_deadline", PlannerTest::fleet, 6).replicas();
    assertThat(few).isBetween(6, 8);
    assertThat(many).isGreaterThan(few);
    Planner impossible = planner("fast:1", new Promised(Bound.parse("1s"), 0.9));
    assertThat(impossible.smallestFleet("proportional_deadline", PlannerTest::fleet, 6).found())
        .isFalse();
  }

  private static Fleet fleet(int replicas) {
    return Fleet.parse("fast:" + replicas, "m", Lab.latencies(), 1, 0);
  }

  private static Planner planner(String fleet) {
    return planner(fleet, PROMISED);
  }

  private static Planner planner(String fleet, Promised promised) {
    Setup setup =
        new Setup(
            Lab.exponential(4_000, 5),
            Fleet.parse(fleet, "m", Lab.latencies(), 1, 0),
            new Sample(Sampling.RESAMPLED, 3_000, 0.1),
            ImmutableList.of(1.0),
            ImmutableList.of(1L, 2L, 3L),
            Information.ORACLE,
            Promise.NONE,
            Faults.NONE,
            PolicySettings.DEFAULTS,
            ImmutableDoubleArray.of(3.6));
    return new Planner(setup, promised, (what, done) -> {});
  }
}
