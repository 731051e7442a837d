package io.swarmpilot.scheduler.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// When `adaptive` changes its mind.
final class AdaptiveTest {
  private static final SceneTask TASK = SceneTask.arriving(0);
  private static final SceneTask WITH_SLO = TASK.withSlo(1e9);
  private static final String HIGH = "SLO requests under high load";
  private static final String LOW = "low load, optimizing for cost";
  private static final String DEFAULT = "default SLO-aware scheduling";
  private static final String URGENT = "high priority requests detected";

  @Test
  void highLoadBeginsAboveItsThresholdAndEndsAtTheLowerOne() {
    Adaptive policy = new Adaptive(PolicySettings.DEFAULTS);
    double[] loads = {0.8, 0.81, 0.8, 0.71, 0.7, 0.75, 0.8, 0.9};
    String[] expected = {DEFAULT, HIGH, HIGH, HIGH, DEFAULT, DEFAULT, DEFAULT, HIGH};
    for (int i = 0; i < loads.length; i++) {
      assertThat(reason(policy, WITH_SLO, 5_000 * i, loads[i], 0))
          .as("load %s", loads[i])
          .isEqualTo(expected[i]);
    }
  }

  @Test
  void lowLoadBeginsBelowItsThresholdAndEndsAtTheHigherOne() {
    Adaptive policy = new Adaptive(PolicySettings.DEFAULTS);
    double[] loads = {0.3, 0.29, 0.3, 0.34, 0.35, 0.31, 0.3, 0.1, 0.95};
    String[] expected = {DEFAULT, LOW, LOW, LOW, DEFAULT, DEFAULT, DEFAULT, LOW, HIGH};
    for (int i = 0; i < loads.length; i++) {
      assertThat(reason(policy, WITH_SLO, 5_000 * i, loads[i], 0))
          .as("load %s", loads[i])
          .isEqualTo(expected[i]);
    }
  }

  @Test
  void aMeanOfEqualLoadsIsNoHigherThanThey() {
    double mean = IntStream.range(0, 3).mapToDouble(i -> 0.8).sum() / 3;
    double sum = (0.8 + 0.8 + 0.8) / 3;
    for (double load : new double[] {mean, sum, Math.nextUp(0.8)}) {
      assertThat(reason(new Adaptive(PolicySettings.DEFAULTS), WITH_SLO, 0, load, 0))
          .as("load %s", load)
          .isEqualTo(DEFAULT);
    }
  }

  @Test
  void aChoiceThatLoadLedToIsKeptForAWhile() {
    Adaptive policy = new Adaptive(PolicySettings.DEFAULTS);
    assertThat(reason(policy, WITH_SLO, 0, 0.1, 0)).isEqualTo(LOW);
    assertThat(reason(policy, WITH_SLO, 999, 0.95, 0)).isEqualTo(LOW);
    assertThat(reason(policy, WITH_SLO, 1_000, 0.95, 0)).isEqualTo(HIGH);
    assertThat(reason(policy, WITH_SLO, 1_001, 0.1, 0)).isEqualTo(HIGH);
  }

  @Test
  void urgentTasksCountAtOnceAndLeaveTheRestAsItWas() {
    Adaptive policy = new Adaptive(PolicySettings.DEFAULTS);
    assertThat(reason(policy, TASK, 0, 0.1, 0)).isEqualTo(LOW);
    assertThat(reason(policy, TASK, 1, 0.1, 1)).isEqualTo(URGENT);
    assertThat(reason(policy, TASK.with(Priority.HIGH), 2, 0.1, 0)).isEqualTo(URGENT);
    assertThat(reason(policy, TASK.with(Priority.LOW), 3, 0.1, 0)).isEqualTo(LOW);
  }

  @Test
  void flappingLoadChangesTheChoiceAtMostOnceADwell() {
    Adaptive policy = new Adaptive(PolicySettings.DEFAULTS);
    SplittableRandom random = new SplittableRandom(11);
    String before = "";
    int changes = 0;
    for (int ms = 0; ms < 60_000; ms += 10) {
      String now = reason(policy, WITH_SLO, ms, random.nextDouble(), 0);
      changes += now.equals(before) ? 0 : 1;
      before = now;
    }
    assertThat(changes).isBetween(30, 61);
  }

  @Test
  void aDecisionIsExplainedLaterAsItWasMade() {
    Adaptive policy = new Adaptive(PolicySettings.DEFAULTS);
    SplittableRandom random = new SplittableRandom(5);
    Scene scene = Scene.of(Scene.Replica.at(0));
    List<ScenePool> pools = new ArrayList<>();
    List<Explanation> saidThen = new ArrayList<>();
    for (int ms = 0; ms < 50_000; ms += 100) {
      ScenePool pool = ScenePool.at(ms).withLoad(random.nextDouble());
      int chosen = policy.select(WITH_SLO, scene, pool, random);
      pools.add(pool);
      saidThen.add(policy.explain(WITH_SLO, scene, chosen, pool));
    }
    for (int i = 0; i < pools.size(); i++) {
      assertThat(policy.explain(WITH_SLO, scene, 0, pools.get(i)))
          .as("decision %d", i)
          .isEqualTo(saidThen.get(i));
    }
    assertThat(saidThen.stream().distinct().count()).isGreaterThan(2);
  }

  @Test
  void theWholeFleetIsLookedAtOnlyToSaveCost() {
    Adaptive policy = new Adaptive(PolicySettings.DEFAULTS);
    assertThat(policy.needsWholeFleet()).isFalse();
    assertThat(reason(policy, TASK, 0, 0.1, 0)).isEqualTo(LOW);
    assertThat(policy.needsWholeFleet()).isTrue();
  }

  @Test
  void expiredTasksStepBackOnlyWhereObjectivesAreGuarded() {
    Adaptive policy = new Adaptive(PolicySettings.DEFAULTS);
    SceneTask expired = TASK.withSlo(10);
    ScenePool busy = ScenePool.at(100).withLoad(0.9);
    assertThat(policy.admit(expired, busy, 1)).isEqualTo(Admission.DEMOTE);
    assertThat(policy.admit(expired.with(Priority.CRITICAL), busy, 1)).isEqualTo(Admission.ACCEPT);
    assertThat(new Adaptive(PolicySettings.DEFAULTS).admit(expired, busy.withLoad(0.1), 1))
        .isEqualTo(Admission.ACCEPT);
  }

  private static String reason(
      Adaptive policy, SceneTask task, double nowMs, double load, int urgent) {
    ScenePool pool = ScenePool.at(nowMs).withLoad(load).withQueue(urgent, urgent, 0);
    Scene scene = Scene.of(Scene.Replica.at(0));
    int chosen = policy.select(task, scene, pool, new SplittableRandom(0));
    return String.valueOf(policy.explain(task, scene, chosen, pool).notes().get("adaptive_reason"));
  }
}
