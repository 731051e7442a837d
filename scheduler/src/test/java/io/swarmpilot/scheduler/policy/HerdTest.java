package io.swarmpilot.scheduler.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A thousand equal tasks at once on ten equal idle instances: each gets a hundred.
final class HerdTest {
  private static final int TASKS = 1_000;
  private static final int INSTANCES = 10;

  static Stream<Policy> byLoad() {
    PolicySettings settings = PolicySettings.DEFAULTS;
    return Stream.of(
        new ProportionalDeadline(settings),
        new EarliestDeadline(settings),
        new ShortestRemaining(),
        new MinCompletion(),
        new SloProbability(settings),
        new LeastRequests(),
        new PrefixAffinity());
  }

  @ParameterizedTest
  @MethodSource("byLoad")
  void tasksAreSpreadEvenlyOverQueues(Policy policy) {
    assertEven(policy, 1);
  }

  @ParameterizedTest
  @MethodSource("byLoad")
  void tasksAreSpreadEvenlyOverBatches(Policy policy) {
    assertEven(policy, 128);
  }

  private static void assertEven(Policy policy, int slots) {
    int[] tasks = new int[INSTANCES];
    long last = -1;
    for (int i = 0; i < TASKS; i++) {
      int chosen =
          policy.select(
              SceneTask.arriving(0),
              charged(tasks, slots, last),
              ScenePool.at(0).withLoad((double) i / INSTANCES / slots),
              new SplittableRandom(i));
      tasks[chosen]++;
      last = chosen;
      int most = Arrays.stream(tasks).max().orElseThrow();
      int least = Arrays.stream(tasks).min().orElseThrow();
      assertThat(most - least).as("%s, task %d", policy.name(), i).isLessThanOrEqualTo(1);
    }
  }

  private static Scene charged(int[] tasks, int slots, long last) {
    List<Scene.Replica> replicas = new ArrayList<>();
    for (int held : tasks) {
      int ahead = Math.max(0, held - slots + 1);
      replicas.add(
          Scene.Replica.at(replicas.size())
              .withTasks(held, slots)
              .withWait(100.0 * ahead / slots, 20 * Math.sqrt(ahead)));
    }
    return new Scene(replicas, last);
  }
}
