package io.swarmpilot.scheduler.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The policies that draw, by how often they take which instance.
final class DrawnPoliciesTest {
  private static final int DRAWS = 40_000;

  /// What chi-squared exceeds once in a thousand times with nine degrees of freedom.
  private static final double CHI_SQUARED = 27.9;

  private static final SceneTask TASK = SceneTask.arriving(0);
  private static final ScenePool POOL = ScenePool.at(0);

  @Test
  void randomTakesAllEquallyOften() {
    double[] expected = new double[10];
    Arrays.fill(expected, 0.1);
    for (long seed = 1; seed <= 5; seed++) {
      assertThat(chiSquared(new RandomChoice(), expected, seed))
          .as("seed %d", seed)
          .isLessThan(CHI_SQUARED);
    }
  }

  /// Of all pairs of ten, the one with r emptier ones is the better of two in 9 − r.
  @Test
  void powerOfTwoTakesTheEmptierOfAnyTwo() {
    double[] expected = IntStream.range(0, 10).mapToDouble(rank -> (9 - rank) / 45.0).toArray();
    for (long seed = 1; seed <= 5; seed++) {
      assertThat(chiSquared(new PowerOfTwo(), expected, seed))
          .as("seed %d", seed)
          .isLessThan(CHI_SQUARED);
    }
  }

  @Test
  void powerOfTwoNeverLooksAtTheSameTwice() {
    Scene two = Scene.of(Scene.Replica.at(0).withTasks(3, 4), Scene.Replica.at(1).withTasks(2, 4));
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < DRAWS; i++) {
      assertThat(new PowerOfTwo().select(TASK, two, POOL, random)).isEqualTo(1);
    }
  }

  @Test
  void powerOfTwoComparesTasksPerSlot() {
    Scene two = Scene.of(Scene.Replica.at(0).withTasks(3, 4), Scene.Replica.at(1).withTasks(5, 8));
    assertThat(new PowerOfTwo().select(TASK, two, POOL, new SplittableRandom(1))).isEqualTo(1);
  }

  @Test
  void aSingleInstanceIsTaken() {
    Scene one = Scene.of(Scene.Replica.at(0));
    for (Policy policy : List.of(new PowerOfTwo(), new RandomChoice())) {
      assertThat(policy.select(TASK, one, POOL, new SplittableRandom(1))).isZero();
    }
  }

  @Test
  void equalSeedsDrawTheSame() {
    for (Policy policy : List.of(new PowerOfTwo(), new RandomChoice())) {
      SplittableRandom one = new SplittableRandom(5);
      SplittableRandom same = new SplittableRandom(5);
      for (long seed = 0; seed < 1_000; seed++) {
        Scene scene = Scene.random(new SplittableRandom(seed));
        assertThat(policy.select(TASK, scene, POOL, one))
            .as("%s, seed %d", policy.name(), seed)
            .isEqualTo(policy.select(TASK, scene, POOL, same));
      }
    }
  }

  /// Of draws among ten instances, each fuller than the one before.
  private static double chiSquared(Policy policy, double[] expected, long seed) {
    Scene scene =
        new Scene(
            IntStream.range(0, 10).mapToObj(i -> Scene.Replica.at(i).withTasks(i, 16)).toList(),
            -1);
    int[] taken = new int[10];
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < DRAWS; i++) {
      taken[policy.select(TASK, scene, POOL, random)]++;
    }
    double sum = 0;
    for (int i = 0; i < 10; i++) {
      double mean = DRAWS * expected[i];
      sum += mean == 0 ? taken[i] * 1e6 : (taken[i] - mean) * (taken[i] - mean) / mean;
    }
    return sum;
  }
}
