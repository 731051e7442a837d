package io.swarmpilot.scheduler.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Every policy against a slow obvious one.
final class PoliciesTest {
  private static final int SCENES = 20_000;
  private static final SceneTask TASK = SceneTask.arriving(0);
  private static final ScenePool POOL = ScenePool.at(0);

  @Test
  void shortestQueueAndWeightedTakeTheLeast() {
    for (long seed = 0; seed < SCENES; seed++) {
      Scene scene = Scene.random(new SplittableRandom(seed));
      SplittableRandom unused = new SplittableRandom(0);
      assertThat(new ShortestQueue().select(TASK, scene, POOL, unused))
          .as("shortest_queue, seed %d", seed)
          .isEqualTo(SlowLeast.by(scene, scene::waitMean));
      assertThat(new Weighted().select(TASK, scene, POOL, unused))
          .as("weighted, seed %d", seed)
          .isEqualTo(SlowLeast.by(scene, i -> scene.waitMean(i) + 0.5 * scene.waitError(i)));
    }
  }

  @Test
  void roundRobinTakesTheNext() {
    for (long seed = 0; seed < SCENES; seed++) {
      Scene scene = Scene.random(new SplittableRandom(seed));
      assertThat(new RoundRobin().select(TASK, scene, POOL, new SplittableRandom(0)))
          .as("seed %d", seed)
          .isEqualTo(SlowLeast.inTurn(scene).getFirst());
    }
  }

  @Test
  void roundRobinIsNotSkewedByInstancesThatComeAndGo() {
    RoundRobin policy = new RoundRobin();
    SplittableRandom unused = new SplittableRandom(0);
    Scene three = Scene.waits(new double[2], new double[2], new double[2]);
    assertThat(policy.select(TASK, three, POOL, unused)).isZero();
    assertThat(policy.select(TASK, three.after(0), POOL, unused)).isEqualTo(1);
    assertThat(policy.select(TASK, three.after(1), POOL, unused)).isEqualTo(2);
    assertThat(policy.select(TASK, three.after(2), POOL, unused)).isZero();
    Scene withoutSecond = three.without(1).after(0);
    assertThat(policy.select(TASK, withoutSecond, POOL, unused)).isEqualTo(1);
    assertThat(policy.select(TASK, withoutSecond.after(2), POOL, unused)).isZero();
  }

  @Test
  void probabilisticSharesEvenlyAmongEquals() {
    assertThat(share(Scene.waits(new double[] {10, 5}, new double[] {10, 5}), 0))
        .isCloseTo(0.5, within(0.02));
  }

  @Test
  void probabilisticPrefersTheOneThatIsSurelyFaster() {
    double share = share(Scene.waits(new double[] {10, 1}, new double[] {500, 1}), 0);
    assertThat(share).isGreaterThan(0.9).isLessThan(1);
  }

  @Test
  void probabilisticFollowsTheLikelihoodOfBeingFastest() {
    Scene scene =
        Scene.waits(new double[] {100, 40}, new double[] {110, 80}, new double[] {160, 20});
    double[] likelihood = comonotoneLikelihood(scene);
    for (int i = 0; i < 3; i++) {
      assertThat(share(scene, i)).as("instance %d", i).isCloseTo(likelihood[i], within(0.08));
    }
  }

  @Test
  void probabilisticStarvesNobodyAndSurvivesNaN() {
    Scene scene =
        Scene.waits(
            new double[] {0, 0},
            new double[] {Double.NaN, Double.NaN},
            new double[] {1e9, Double.POSITIVE_INFINITY});
    for (int i = 0; i < 3; i++) {
      assertThat(share(scene, i)).as("instance %d", i).isPositive();
    }
    assertThat(share(scene, 0)).isGreaterThan(0.9);
  }

  @Test
  void registryKnowsNamesHoweverTheyAreWritten() {
    PolicyRegistry registry = PolicyRegistry.discover(PolicySettings.DEFAULTS);
    assertThat(registry.initial()).isEqualTo("proportional_deadline");
    assertThat(registry.names())
        .startsWith(
            "shortest_queue",
            "round_robin",
            "weighted",
            "probabilistic",
            "fifo",
            "priority",
            "slo_aware",
            "cost_optimized",
            "adaptive")
        .doesNotHaveDuplicates();
    for (String name : List.of("ROUND_ROBIN", "round-robin", "RoundRobin", " round_robin ")) {
      assertThat(registry.find(name)).as(name).contains("round_robin");
    }
    for (String name : List.of("SLO-Aware", "sloaware", "slo_aware")) {
      assertThat(registry.find(name)).as(name).contains("slo_aware");
    }
    for (String name : registry.names()) {
      assertThat(registry.create(name).name()).isEqualTo(name);
    }
    assertThat(registry.find("nope")).isEmpty();
  }

  private static double share(Scene scene, int index) {
    SplittableRandom random = new SplittableRandom(7);
    Probabilistic policy = new Probabilistic();
    int draws = 40_000;
    long hits =
        IntStream.range(0, draws)
            .filter(i -> policy.select(TASK, scene, POOL, random) == index)
            .count();
    return (double) hits / draws;
  }

  /// Share of common quantiles at which each candidate is the fastest, on a fine grid.
  private static double[] comonotoneLikelihood(Scene scene) {
    double[] share = new double[scene.size()];
    SplittableRandom random = new SplittableRandom(3);
    int draws = 100_000;
    for (int k = 0; k < draws; k++) {
      double z = random.nextGaussian();
      int best = 0;
      for (int i = 1; i < scene.size(); i++) {
        if (at(scene, i, z) < at(scene, best, z)) {
          best = i;
        }
      }
      share[best] += 1.0 / draws;
    }
    return share;
  }

  private static double at(Scene scene, int i, double z) {
    return Math.max(0, scene.waitMean(i) + z * scene.waitError(i));
  }
}
