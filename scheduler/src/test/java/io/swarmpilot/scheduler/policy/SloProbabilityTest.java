package io.swarmpilot.scheduler.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.swarmpilot.scheduler.forecast.ExecutionTime;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Placement and admission by the probability of a miss.
final class SloProbabilityTest {
  private static final int SCENES = 20_000;
  private static final SplittableRandom UNUSED = new SplittableRandom(0);

  private final Policy policy = new SloProbability(PolicySettings.DEFAULTS);

  @Test
  void itTakesTheFullestGoodOneOrElseTheSurest() {
    for (long seed = 0; seed < SCENES; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Scene scene = Scene.random(random, 30);
      SceneTask task = SceneTask.arriving(0).withSlo(10 + random.nextInt(10) * 10);
      double now = random.nextInt(4) * 10;
      assertThat(policy.select(task, scene, ScenePool.at(now), UNUSED))
          .as("seed %d", seed)
          .isEqualTo(slow(scene, task.sloMs() - now));
    }
  }

  /// Sorts all by expected completion, keeps sixteen, and sorts those by what counts.
  private static int slow(Scene scene, double left) {
    List<Integer> shortlist =
        SlowLeast.inTurn(scene).stream()
            .sorted(
                Comparator.comparingDouble(
                    i -> SlowLeast.big(scene.waitMean(i) + scene.executionMean(i))))
            .limit(16)
            .toList();
    Comparator<Integer> byMiss = Comparator.comparingDouble(i -> scene.missProbability(i, left));
    return shortlist.stream()
        .filter(i -> scene.missProbability(i, left) <= 0.05)
        .min(Comparator.<Integer>comparingDouble(i -> -scene.load(i)).thenComparing(byMiss))
        .orElseGet(() -> shortlist.stream().min(byMiss).orElseThrow());
  }

  @Test
  void withoutObjectiveItTakesTheFirstToComplete() {
    for (long seed = 0; seed < SCENES; seed++) {
      Scene scene = Scene.random(new SplittableRandom(seed), 30);
      assertThat(policy.select(SceneTask.arriving(0), scene, ScenePool.at(0), UNUSED))
          .as("seed %d", seed)
          .isEqualTo(SlowLeast.by(scene, i -> scene.waitMean(i) + scene.executionMean(i)));
    }
  }

  @Test
  void emptyInstancesAreLeftForTightTasks() {
    Scene scene =
        Scene.of(
            Scene.Replica.at(0).withTasks(0, 4),
            Scene.Replica.at(1).withTasks(3, 4).withWait(50, 0),
            Scene.Replica.at(2).withTasks(2, 4));
    ScenePool pool = ScenePool.at(0);
    SceneTask task = SceneTask.arriving(0);
    assertThat(policy.select(task.withSlo(1_000), scene, pool, UNUSED)).as("loose").isEqualTo(1);
    assertThat(policy.select(task.withSlo(150), scene, pool, UNUSED)).as("tight").isEqualTo(2);
    assertThat(policy.explain(task.withSlo(1_000), scene, 1, pool).reason()).contains("fullest");
    assertThat(policy.explain(task.withSlo(100), scene, 2, pool).reason()).contains("least prob");
  }

  @Test
  void anUnknownInstanceIsTheLastResort() {
    Scene scene =
        Scene.of(
            Scene.Replica.at(0).withWait(Double.NaN, 0).withSeedSignals(Double.NaN, 0, 1, 0),
            Scene.Replica.at(1).withWait(500, 0));
    SceneTask task = SceneTask.arriving(0);
    assertThat(policy.select(task.withSlo(100), scene, ScenePool.at(0), UNUSED)).isEqualTo(1);
    assertThat(policy.select(task.withSlo(900), scene, ScenePool.at(0), UNUSED)).isEqualTo(1);
  }

  @Test
  void realAndVirtualDeadlinesAreSortedTogether() {
    ScenePool pool = ScenePool.at(0);
    SceneTask shorter = SceneTask.arriving(0).withExecution(ExecutionTime.of(10, 0));
    SceneTask longer = SceneTask.arriving(0).withExecution(ExecutionTime.of(1_000, 0));
    assertThat(policy.order(shorter, pool)).isEqualTo(100);
    assertThat(policy.order(longer, pool)).isEqualTo(10_000);
    assertThat(policy.order(longer.withSlo(5_000), pool)).isEqualTo(5_000);
  }

  @Test
  void firmTasksStepBackWhenHopeless() {
    SceneTask firm = SceneTask.arriving(0).withSlo(100);
    ScenePool pool = ScenePool.at(0);
    assertThat(policy.admit(firm, pool, 0.7)).isEqualTo(Admission.ACCEPT);
    assertThat(policy.admit(firm, pool, 0.71)).isEqualTo(Admission.DEMOTE);
    assertThat(policy.admit(firm, pool, Double.NaN)).isEqualTo(Admission.ACCEPT);
    assertThat(policy.admit(firm.thatMayBeShed(), pool, Double.NaN)).isEqualTo(Admission.ACCEPT);
  }

  @Test
  void theShareThatIsShedRisesSmoothlyFromTheThresholdOfThePriority() {
    double[] thresholds = {0.9, 0.8, 0.7, 0.6, 0.5};
    for (int number = 0; number < thresholds.length; number++) {
      Priority priority = Priority.of(number).orElseThrow();
      double threshold = thresholds[number];
      for (int step = 0; step <= 20; step++) {
        double miss = step / 20.0;
        double expected = miss <= threshold ? 0 : (miss - threshold) / (1 - threshold);
        assertThat(shedShare(policy, priority, miss))
            .as("%s, %s", priority, miss)
            .isCloseTo(expected, within(0.001));
      }
    }
  }

  @Test
  void aTaskThatIsShedWouldBeShedAtAnyGreaterRisk() {
    for (int sequence = 0; sequence < 1_000; sequence++) {
      SceneTask soft = SceneTask.arriving(sequence).withSlo(100).thatMayBeShed();
      boolean shed = false;
      for (double miss = 0; miss <= 1; miss += 0.01) {
        boolean now = policy.admit(soft, ScenePool.at(0), miss) == Admission.SHED;
        assertThat(now || !shed).as("task %d at %s", sequence, miss).isTrue();
        shed = now;
      }
    }
  }

  @Test
  void whatIsNotShedStepsBack() {
    for (int sequence = 0; sequence < 1_000; sequence++) {
      SceneTask soft = SceneTask.arriving(sequence).withSlo(100).thatMayBeShed();
      assertThat(policy.admit(soft, ScenePool.at(0), 0.9)).isNotEqualTo(Admission.ACCEPT);
    }
  }

  @Test
  void nothingIsShedWhereThatIsNotAllowed() {
    Policy keeping = new SloProbability(ProportionalDeadlineTest.keepingEverything());
    assertThat(shedShare(keeping, Priority.BACKGROUND, 1)).isZero();
  }

  private static double shedShare(Policy policy, Priority priority, double miss) {
    int tasks = 10_000;
    int shed = 0;
    for (int sequence = 0; sequence < tasks; sequence++) {
      SceneTask soft = SceneTask.arriving(sequence).withSlo(100).with(priority).thatMayBeShed();
      shed += policy.admit(soft, ScenePool.at(0), miss) == Admission.SHED ? 1 : 0;
    }
    return (double) shed / tasks;
  }
}
