package io.swarmpilot.scheduler.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmpilot.scheduler.forecast.ExecutionTime;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// The policies that take the instance which completes a task first, and their orders.
final class FirstCompletionTest {
  private static final int SCENES = 20_000;
  private static final ScenePool POOL = ScenePool.at(0);

  private final Policy edf = new EarliestDeadline(PolicySettings.DEFAULTS);
  private final Policy srpt = new ShortestRemaining();
  private final Policy longestFirst = new LongestFirst();
  private final Policy minCompletion = new MinCompletion();

  @Test
  void theyTakeTheLeastExpectedCompletion() {
    SplittableRandom unused = new SplittableRandom(0);
    for (long seed = 0; seed < SCENES; seed++) {
      Scene scene = Scene.random(new SplittableRandom(seed));
      int expected = SlowLeast.by(scene, i -> scene.waitMean(i) + scene.executionMean(i));
      for (Policy policy : List.of(edf, srpt, longestFirst, minCompletion)) {
        assertThat(policy.select(SceneTask.arriving(0), scene, POOL, unused))
            .as("%s, seed %d", policy.name(), seed)
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void minCompletionServesInOrderOfArrival() {
    SceneTask first = SceneTask.arriving(1).withExecution(ExecutionTime.of(1_000, 0));
    assertThat(minCompletion.order(first, POOL))
        .isLessThan(minCompletion.order(SceneTask.arriving(2), POOL));
  }

  @Test
  void edfServesInOrderOfDeadlines() {
    for (long seed = 0; seed < SCENES; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      SceneTask one = task(random);
      SceneTask other = task(random);
      assertThat(Double.compare(edf.order(one, POOL), edf.order(other, POOL)))
          .as("seed %d", seed)
          .isEqualTo(Double.compare(due(one), due(other)));
    }
  }

  private static double due(SceneTask task) {
    return task.arrivalMs() + (Double.isNaN(task.sloMs()) ? 60_000 : task.sloMs());
  }

  @Test
  void aSteadyFlowOfObjectivesDoesNotStarveATaskWithout() {
    SceneTask without = SceneTask.arriving(1_000);
    SceneTask aMinuteLater = SceneTask.arriving(61_001).withSlo(0.5);
    assertThat(edf.order(without, POOL)).isLessThan(edf.order(aMinuteLater, POOL));
  }

  @Test
  void expiredTasksStepBehindFreshOnes() {
    SceneTask expired = SceneTask.arriving(0).withSlo(100);
    SceneTask fresh = SceneTask.arriving(200).withSlo(500);
    Scene idle = Scene.of(Scene.Replica.at(0));
    ScenePool now = ScenePool.at(250);
    assertThat(edf.admit(expired, now, idle.missProbability(0, expired.deadlineMs() - 250)))
        .isEqualTo(Admission.DEMOTE);
    assertThat(edf.admit(fresh, now, idle.missProbability(0, fresh.deadlineMs() - 250)))
        .isEqualTo(Admission.ACCEPT);
  }

  @Test
  void srptPutsTheProbablyShortBeforeTheSurelyMiddling() {
    ExecutionTime usuallyShort =
        ExecutionTime.of(
            460, 850, new double[] {0.1, 0.7, 0.8, 0.95}, new double[] {9, 11, 2e3, 2.1e3});
    SceneTask gamble = SceneTask.arriving(0).withExecution(usuallyShort);
    SceneTask middling = SceneTask.arriving(0).withExecution(ExecutionTime.of(100, 0));
    SceneTask tiny = SceneTask.arriving(0).withExecution(ExecutionTime.of(5, 0));
    assertThat(usuallyShort.mean()).isGreaterThan(100);
    assertThat(srpt.order(gamble, POOL)).isLessThan(srpt.order(middling, POOL));
    assertThat(srpt.order(tiny, POOL)).isLessThan(srpt.order(gamble, POOL));
  }

  @Test
  void longestFirstAges() {
    SceneTask shorter = SceneTask.arriving(0).withExecution(ExecutionTime.of(100, 10));
    SceneTask soon = SceneTask.arriving(9_900).withExecution(ExecutionTime.of(200, 10));
    SceneTask late = SceneTask.arriving(10_100).withExecution(ExecutionTime.of(200, 10));
    assertThat(longestFirst.order(soon, POOL)).isLessThan(longestFirst.order(shorter, POOL));
    assertThat(longestFirst.order(shorter, POOL)).isLessThan(longestFirst.order(late, POOL));
  }

  @Test
  void srptAges() {
    SceneTask longer = SceneTask.arriving(0).withExecution(ExecutionTime.of(1_000, 0));
    SceneTask soon = SceneTask.arriving(90_000).withExecution(ExecutionTime.of(1, 0));
    SceneTask late = SceneTask.arriving(100_001).withExecution(ExecutionTime.of(0, 0));
    assertThat(srpt.order(soon, POOL)).isLessThan(srpt.order(longer, POOL));
    assertThat(srpt.order(longer, POOL)).isLessThan(srpt.order(late, POOL));
  }

  @Test
  void theySayHowSureTheyAre() {
    Scene scene = Scene.of(Scene.Replica.at(0));
    Explanation sure = edf.explain(SceneTask.arriving(0).withSlo(1_000), scene, 0, POOL);
    assertThat(sure.reason()).isEqualTo("edf: expected to complete first");
    assertThat(sure.confidence()).isEqualTo(1);
    assertThat(edf.explain(SceneTask.arriving(0).withSlo(1), scene, 0, POOL).confidence()).isZero();
  }

  private static SceneTask task(SplittableRandom random) {
    SceneTask task = SceneTask.arriving(random.nextInt(100) * 1_000);
    return random.nextBoolean() ? task : task.withSlo(1 + random.nextInt(100) * 1_000);
  }
}
