package io.swarmpilot.scheduler.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The late-binding policies of the seeds against their formulas, written down once more and
/// slowly.
final class SeedPoliciesTest {
  private static final int SCENES = 20_000;
  private static final double NOW = 10_000;
  private static final double[] OBJECTIVES = {Double.NaN, 0, 40, 100, 1_000};
  private static final PolicySettings DEFAULTS = PolicySettings.DEFAULTS;

  @Test
  void fifoTakesTheLeastLoaded() {
    forEachScene((seed, scene, task) ->
        assertThat(choice(new Fifo(), task, scene))
            .as("seed %d", seed)
            .isEqualTo(SlowLeast.by(scene, scene::load)));
  }

  @Test
  void priorityTakesTheFastestForUrgentTasks() {
    forEachScene((seed, scene, task) ->
        assertThat(choice(new PriorityFirst(), task, scene))
            .as("seed %d", seed)
            .isEqualTo(
                task.priority().number() <= 1
                    ? SlowLeast.by(scene, scene::latencyMean)
                    : SlowLeast.by(scene, scene::load)));
  }

  @Test
  void sloAwareTakesTheFastestPastItsThreshold() {
    SloAware policy = new SloAware(DEFAULTS);
    forEachScene((seed, scene, task) -> {
      double urgency = slowUrgency(task);
      int expected =
          urgency > 0.7
              ? SlowLeast.by(scene, scene::latencyMean)
              : SlowLeast.by(scene, scene::load);
      int chosen = choice(policy, task, scene);
      assertThat(chosen).as("seed %d", seed).isEqualTo(expected);
      Explanation said = policy.explain(task, scene, chosen, ScenePool.at(NOW));
      assertThat(said.confidence()).as("seed %d", seed).isEqualTo(1 - urgency);
      assertThat(policy.admit(task, ScenePool.at(NOW), 0))
          .as("seed %d", seed)
          .isEqualTo(urgency == 1 ? Admission.DEMOTE : Admission.ACCEPT);
    });
  }

  @Test
  void costOptimizedTakesTheCheapest() {
    forEachScene((seed, scene, task) -> {
      Policy policy = new CostOptimized(settings(2.5, 1));
      int chosen = choice(policy, task, scene);
      assertThat(chosen)
          .as("seed %d", seed)
          .isEqualTo(SlowLeast.by(scene, i -> slowCost(scene, task, i, 2.5)));
      assertThat(policy.explain(task, scene, chosen, ScenePool.at(NOW)).cost())
          .as("seed %d", seed)
          .isEqualTo(slowCost(scene, task, chosen, 2.5));
    });
  }

  @Test
  void costOptimizedKeepsToTheGreatestProbabilityToMissWhereItCan() {
    for (long seed = 0; seed < 2_000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Scene scene = Scene.random(random);
      SceneTask task = task(random);
      double left = task.deadlineMs() - NOW;
      IntPredicate inTime = i -> !task.hasSlo() || scene.missProbability(i, left) <= 0.2;
      boolean any = IntStream.range(0, scene.size()).anyMatch(inTime);
      assertThat(choice(new CostOptimized(settings(1, 0.2)), task, scene))
          .as("seed %d", seed)
          .isEqualTo(
              SlowLeast.by(
                  scene,
                  i ->
                      !any || inTime.test(i)
                          ? slowCost(scene, task, i, 1)
                          : Double.POSITIVE_INFINITY));
    }
  }

  @Test
  void aNewInstanceIsNotTakenToBeTheCheapest() {
    Scene.Replica warm = Scene.Replica.at(0).withSeedSignals(0.1, 50, 1, 100);
    Scene scene =
        Scene.of(warm, Scene.Replica.at(1).withSeedSignals(0, 50, 2, 0), Scene.Replica.at(2));
    CostOptimized policy = new CostOptimized(DEFAULTS);
    SceneTask task = SceneTask.arriving(0).withCost(Double.NaN, 1_000);
    choice(policy, task, scene);
    for (int i = 1; i < 3; i++) {
      assertThat(policy.score(task, scene, i, ScenePool.at(NOW)))
          .as("instance %d", i)
          .isCloseTo(policy.score(task, scene, 0, ScenePool.at(NOW)), within(1e-12));
    }
  }

  @Test
  void adaptiveChoosesAsItsDelegateDoes() {
    forEachScene((seed, scene, task) -> {
      SplittableRandom random = new SplittableRandom(seed);
      double load = random.nextInt(11) / 10.0;
      int urgent = random.nextInt(3) / 2;
      int withSlo = random.nextInt(2);
      ScenePool pool = ScenePool.at(NOW).withLoad(load).withQueue(3, urgent, withSlo);
      boolean slo = task.hasSlo() || withSlo > 0;
      Policy delegate;
      if (task.priority().number() <= 1 || urgent > 0) {
        delegate = new PriorityFirst();
      } else if (slo && load > 0.8) {
        delegate = new SloAware(DEFAULTS);
      } else if (load < 0.3) {
        delegate = new CostOptimized(DEFAULTS);
      } else {
        delegate = new SloAware(DEFAULTS);
      }
      Adaptive policy = new Adaptive(DEFAULTS);
      int chosen = policy.select(task, scene, pool, new SplittableRandom(0));
      assertThat(chosen)
          .as("seed %d, %s", seed, delegate.name())
          .isEqualTo(delegate.select(task, scene, pool, new SplittableRandom(0)));
      assertThat(policy.explain(task, scene, chosen, pool).notes())
          .as("seed %d", seed)
          .containsEntry("adaptive_policy", delegate.name());
      assertThat(policy.order(task, pool)).isEqualTo(task.arrivalMs());
      assertThat(policy.band(task)).isEqualTo(task.priority().number());
    });
  }

  @Test
  void objectivesFallIntoAtMost64Classes() {
    SloAware policy = new SloAware(DEFAULTS);
    int last = -1;
    for (double slo = 1e-3; slo < 1e12; slo *= 1.01) {
      int number = policy.orderClass(SceneTask.arriving(0).withSlo(slo));
      assertThat(number).as("objective of %s ms", slo).isBetween(Math.max(0, last), 61);
      last = number;
    }
    assertThat(last).isEqualTo(61);
    assertThat(policy.orderClass(SceneTask.arriving(0))).isEqualTo(62);
    assertThat(policy.orderClass(SceneTask.arriving(0).withSlo(Double.POSITIVE_INFINITY)))
        .isEqualTo(61);
  }

  private static int choice(Policy policy, SceneTask task, Scene scene) {
    return policy.select(task, scene, ScenePool.at(NOW), new SplittableRandom(0));
  }

  private static double slowUrgency(SceneTask task) {
    if (Double.isNaN(task.sloMs()) || task.sloMs() == 0) {
      return 0;
    }
    double elapsed = NOW - task.arrivalMs();
    return task.sloMs() - elapsed <= 0 ? 1 : Math.min(1, elapsed / task.sloMs());
  }

  /// The seeds' formula; an unknown speed is the mean of the known ones, a GPU.
  private static double slowCost(Scene scene, SceneTask task, int index, double price) {
    double tokens = task.maxTokens() == 0 ? 100 : task.maxTokens();
    double perGpu =
        IntStream.range(0, scene.size())
            .filter(i -> scene.tokensPerSecond(i) > 0)
            .mapToDouble(i -> scene.tokensPerSecond(i) / scene.gpus(i))
            .average()
            .orElse(0);
    double speed =
        scene.tokensPerSecond(index) > 0
            ? scene.tokensPerSecond(index)
            : perGpu * scene.gpus(index);
    return price * scene.gpus(index) / 3600 * (speed > 0 ? tokens / speed : 1);
  }

  private static void forEachScene(SceneCheck check) {
    for (long seed = 0; seed < SCENES; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      check.run(seed, Scene.random(random), task(random));
    }
  }

  private static SceneTask task(RandomGenerator random) {
    return SceneTask.arriving(NOW - 10 * random.nextInt(12))
        .with(Priority.of(random.nextInt(5)).orElseThrow())
        .withSlo(OBJECTIVES[random.nextInt(OBJECTIVES.length)])
        .withCost(Double.POSITIVE_INFINITY, 50 * random.nextInt(3));
  }

  private static PolicySettings settings(double price, double missProbability) {
    return new PolicySettings(
        GpuPrices.of(price),
        missProbability,
        0.7,
        0.8,
        0.7,
        0.3,
        0.35,
        1_000,
        3,
        6,
        60,
        0.3,
        0.05,
        true);
  }

  /// What is to hold for a scene and a task.
  private interface SceneCheck {
    void run(long seed, Scene scene, SceneTask task);
  }
}
