package io.swarmpilot.scheduler.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.primitives.ImmutableLongArray;
import io.swarmpilot.scheduler.prefix.PrefixIndex;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Affinity to cached prompts, and when it is given up.
final class PrefixAffinityTest {
  private static final int SCENES = 20_000;
  private static final SplittableRandom UNUSED = new SplittableRandom(0);
  private static final SceneTask TASK = SceneTask.arriving(0).withPrefix(1, 2, 3, 4);

  private final Policy policy = new PrefixAffinity();

  @Test
  void itTakesTheMostCachedOfThoseThatAreNotTooBusy() {
    for (long seed = 0; seed < SCENES; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Scene scene = Scene.random(random);
      SceneTask task = TASK.withPrefix(random.longs(random.nextInt(9)).toArray());
      ScenePool pool = ScenePool.at(0).withLoad(random.nextInt(11) / 10.0);
      assertThat(policy.select(task, scene, pool, UNUSED))
          .as("seed %d", seed)
          .isEqualTo(slow(scene, task, pool));
    }
  }

  private static int slow(Scene scene, SceneTask task, ScenePool pool) {
    List<Integer> attractive = new ArrayList<>();
    for (int i = 0; i < scene.size(); i++) {
      boolean known = scene.cachedBlocks(i) >= Math.max(1, task.prefix().length() / 4.0);
      boolean free = scene.slots(i) - scene.outstanding(i) > 0;
      boolean even = scene.load(i) <= 1.25 * pool.load() + 1.0 / scene.slots(i);
      if (known && free && even && !Double.isNaN(scene.waitMean(i))) {
        attractive.add(i);
      }
    }
    int most = attractive.stream().mapToInt(scene::cachedBlocks).max().orElse(0);
    return SlowLeast.by(
        scene,
        i -> {
          boolean stays = most == 0 || (attractive.contains(i) && scene.cachedBlocks(i) == most);
          return stays ? scene.waitMean(i) + scene.executionMean(i) : Double.POSITIVE_INFINITY;
        });
  }

  @Test
  void aBusyInstanceLosesItsAttraction() {
    assertThat(chosen(8, 0.3)).as("as busy as the others").isEqualTo(0);
    assertThat(chosen(16, 0.3)).as("much busier").isEqualTo(1);
    assertThat(chosen(32, 1)).as("no free slot").isEqualTo(1);
  }

  private int chosen(int tasks, double fleetLoad) {
    Scene scene =
        Scene.of(
            Scene.Replica.at(0).withTasks(tasks, 32).withWait(10, 0).withCachedBlocks(4),
            Scene.Replica.at(1).withTasks(8, 32));
    return policy.select(TASK, scene, ScenePool.at(0).withLoad(fleetLoad), UNUSED);
  }

  @Test
  void aSmallHitCountsAsNone() {
    Scene scene =
        Scene.of(
            Scene.Replica.at(0).withTasks(1, 32).withCachedBlocks(1),
            Scene.Replica.at(1).withTasks(0, 32));
    ScenePool pool = ScenePool.at(0);
    SceneTask four = TASK;
    SceneTask five = TASK.withPrefix(1, 2, 3, 4, 5);
    assertThat(policy.select(four, scene, pool, UNUSED)).as("a quarter").isEqualTo(0);
    assertThat(policy.select(five, scene, pool, UNUSED)).as("less").isEqualTo(1);
    assertThat(policy.explain(four, scene, 0, pool).reason()).contains("cached");
    assertThat(policy.explain(five, scene, 1, pool).reason()).contains("complete first");
  }

  /// All prompts begin with the same block, as those of one application do.
  @Test
  void aSharedFirstBlockDoesNotDrawEverythingToOneInstance() {
    int slots = 64;
    int[] tasks = new int[10];
    PrefixIndex index = new PrefixIndex(1_000);
    for (int step = 1; step <= 400; step++) {
      SceneTask task = TASK.withPrefix(7, 1_000 + step, 2_000 + step);
      List<Scene.Replica> replicas = new ArrayList<>();
      for (int i = 0; i < tasks.length; i++) {
        int hits = index.leadingHits(i, task.prefix());
        replicas.add(Scene.Replica.at(i).withTasks(tasks[i], slots).withCachedBlocks(hits));
      }
      double mean = (step - 1.0) / tasks.length;
      int taken =
          policy.select(
              task, new Scene(replicas, -1), ScenePool.at(0).withLoad(mean / slots), UNUSED);
      tasks[taken]++;
      index.sent(taken, task.prefix());
      assertThat(tasks[taken]).as("step %d", step).isLessThanOrEqualTo((int) (1.25 * mean + 2));
    }
    assertThat(Arrays.stream(tasks).filter(held -> held > 0).count())
        .as("instances that share the load")
        .isGreaterThanOrEqualTo(8);
  }

  @Test
  void turnsOfAConversationStayTogether() {
    PrefixIndex index = new PrefixIndex(1_000);
    SplittableRandom random = new SplittableRandom(1);
    int[] home = new int[20];
    int moved = 0;
    for (int turn = 1; turn <= 5; turn++) {
      for (int user = 0; user < home.length; user++) {
        SceneTask task = TASK.withPrefix(conversation(user, turn));
        Scene scene = idleFleet(index, task.prefix());
        int taken = policy.select(task, scene.after(random.nextInt(4)), ScenePool.at(0), UNUSED);
        index.sent(taken, task.prefix());
        moved += turn > 1 && taken != home[user] ? 1 : 0;
        home[user] = taken;
      }
    }
    assertThat(moved).isZero();
  }

  private static Scene idleFleet(PrefixIndex index, ImmutableLongArray prefix) {
    List<Scene.Replica> replicas = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      replicas.add(
          Scene.Replica.at(i).withTasks(1, 32).withCachedBlocks(index.leadingHits(i, prefix)));
    }
    return new Scene(replicas, -1);
  }

  private static long[] conversation(int user, int turn) {
    long[] blocks = new long[2 + turn];
    Arrays.setAll(blocks, k -> k == 0 ? 7 : 100L * user + k);
    return blocks;
  }
}
