package io.swarmpilot.scheduler.shadow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.swarmpilot.scheduler.core.Event;
import io.swarmpilot.scheduler.core.TaskTraits;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Shadows beside a live mesh in virtual time, where everything can be told to the nanosecond.
class ShadowTest {
  private static final long SECOND = LiveRun.SECOND;
  private final LiveMesh known = new LiveMesh();
  private final List<Shadow> shadows = new ArrayList<>();

  @Test
  void shadowOfThePolicyInForceTellsWhatHappens() {
    LiveRun live = fleet("proportional_deadline", 0, 8);
    Shadow same = shadow("proportional_deadline", live);
    load(live, 2_000, 0.85, 8);

    ShadowReport report = finished(same, live);
    assertThat(report.compared()).isEqualTo(2_000);
    assertThat(report.assumed()).isZero();
    assertThat(report.shadow()).isEqualTo(report.live());
    assertThat(report.live().slowdownMean()).isGreaterThan(1.05);
  }

  @Test
  void oneThatBeginsInTheMiddleOfTheRunDoesSoWhereTheMeshStands() {
    LiveRun live = fleet("proportional_deadline", 0, 8);
    load(live, 500, 1.3, 8);
    Shadow same = shadow("proportional_deadline", live);
    load(live, 1_500, 0.85, 8);

    ShadowReport report = finished(same, live);
    assertThat(report.compared()).isEqualTo(1_500);
    assertThat(report.shadow().waiting().mean())
        .isCloseTo(report.live().waiting().mean(), within(0.05 * report.live().waiting().mean()));
  }

  @Test
  void roundRobinWouldHaveBeenWorseAndTheDefaultBetterThanRoundRobin() {
    LiveRun live = fleet("proportional_deadline", 0, 8);
    Shadow worse = shadow("round_robin", live);
    load(live, 2_000, 0.85, 8);
    ShadowReport report = finished(worse, live);
    assertThat(report.shadow().slowdownMean()).isGreaterThan(1.5 * report.live().slowdownMean());

    shadows.clear();
    LiveRun other = fleet("round_robin", 0, 8);
    Shadow better = shadow("proportional_deadline", other);
    load(other, 2_000, 0.85, 8);
    ShadowReport turned = finished(better, other);
    assertThat(turned.assumed()).isZero();
    assertThat(turned.shadow().slowdownMean())
        .isCloseTo(report.live().slowdownMean(), within(0.02));
    assertThat(turned.live().slowdownMean())
        .isCloseTo(report.shadow().slowdownMean(), within(0.02));
  }

  private Shadow shadow(String policy, LiveRun live) {
    Shadow shadow =
        new Shadow(
            new ShadowTerms(policy, policy, 10_000, 600 * SECOND, 0),
            known,
            () -> LiveRun.core(policy, 2));
    List<Event> facts = live.core.facts();
    shadow.begin(facts, live.now);
    shadows.add(shadow);
    return shadow;
  }

  private LiveRun fleet(String policy, long handover, int size) {
    LiveRun live = new LiveRun(policy, handover, this::watch);
    for (int i = 0; i < size; i++) {
      live.join("i" + i, "a100", 1);
    }
    return live;
  }

  private void watch(List<Event> events, long now) {
    for (Event event : events) {
      LiveTask task = known.see(event, now);
      shadows.forEach(shadow -> shadow.see(event, task, now));
    }
    shadows.forEach(shadow -> shadow.advance(now, 1_000));
  }

  private ShadowReport finished(Shadow shadow, LiveRun live) {
    live.until(live.now + 600 * SECOND);
    watch(List.of(), live.now);
    shadow.advance(live.now, Integer.MAX_VALUE);
    ShadowReport report = shadow.report();
    assertThat(report.faults()).isZero();
    assertThat(report.open()).isZero();
    return report;
  }

  private int submitted;

  private void load(LiveRun live, int tasks, double load, int size) {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < tasks; i++) {
      double ms = 100 * Math.exp(random.nextGaussian() * 1.2 - 0.72);
      long gap = (long) (-Math.log(1 - random.nextDouble()) * 100e6 / size / load);
      live.until(live.now + gap);
      live.submit("t" + submitted++, ms, ms, TaskTraits.PLAIN);
    }
  }
}
