package io.swarmpilot.scheduler.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.swarmpilot.scheduler.forecast.ExecutionTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Order, trust in the predictor, and placement against what they are written to be.
final class ProportionalDeadlineTest {
  private static final int SCENES = 20_000;
  private static final SplittableRandom UNUSED = new SplittableRandom(0);

  private final Policy policy = new ProportionalDeadline(PolicySettings.DEFAULTS);

  @Test
  void theUrgencyIsTheDeadlineAtTheCOfTheMoment() {
    for (long seed = 0; seed < SCENES; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      double skill = random.nextDouble(-0.2, 1.2);
      int queued = random.nextInt(2_000);
      int slots = random.nextInt(64);
      SceneTask task = task(random, 0);
      double waited = random.nextDouble(6) * task.executionTime().mean();
      ScenePool pool = new ScenePool(task.arrivalMs() + waited, queued, 0, 0, slots, 0.5, skill);
      double queuedPerSlot = slots == 0 ? queued : (double) queued / slots;
      double wanted = 6 + 4 * Math.pow(queuedPerSlot, 4);
      double c = wanted > 300 ? 300 : wanted;
      if (skill < 0.5) {
        c *= skill < 0.1 ? 0 : (skill - 0.1) / 0.4;
      }
      if (waited > 3 * task.executionTime().mean()) {
        c += c * (queuedPerSlot > 3 ? 1 : Math.pow(queuedPerSlot / 3, 4));
      }
      assertThat(-policy.urgency(task, pool))
          .as("seed %d", seed)
          .isCloseTo(task.arrivalMs() + c * task.executionTime().harmonicMean(), within(1e-6));
    }
  }

  @Test
  void aUselessPredictorLeavesFirstComeFirstServed() {
    for (double skill : new double[] {0, 0.1, -1, Double.NaN}) {
      ScenePool pool = ScenePool.at(0).withQueue(1_000, 0, 0).withSkill(skill);
      SplittableRandom random = new SplittableRandom(1);
      List<SceneTask> tasks = new ArrayList<>();
      for (int i = 0; i < 1_000; i++) {
        tasks.add(task(random, i));
      }
      List<SceneTask> ordered = new ArrayList<>(tasks);
      ordered.sort(Comparator.comparingDouble(task -> policy.order(task, pool)));
      List<SceneTask> urgent = new ArrayList<>(tasks);
      urgent.sort(Comparator.comparingDouble(task -> -policy.urgency(task, pool)));
      tasks.sort(Comparator.comparingDouble(SceneTask::arrivalMs));
      assertThat(ordered).as("skill %s", skill).isEqualTo(tasks);
      assertThat(urgent).as("skill %s", skill).isEqualTo(tasks);
    }
  }

  @Test
  void aLongTaskStepsBackFurtherTheLongerTheQueue() {
    SceneTask longer = SceneTask.arriving(0).withExecution(ExecutionTime.of(1_000, 100));
    SceneTask shorter = SceneTask.arriving(6_000).withExecution(ExecutionTime.of(100, 10));
    ScenePool idle = ScenePool.at(0);
    ScenePool busy = idle.withQueue(100, 0, 0);
    assertThat(policy.urgency(longer, idle)).isGreaterThan(policy.urgency(shorter, idle));
    assertThat(policy.urgency(shorter, busy)).isGreaterThan(policy.urgency(longer, busy));
  }

  @Test
  void whatIsLateMakesRoomWhileTheQueueIsLong() {
    SceneTask late = SceneTask.arriving(0).withExecution(ExecutionTime.of(1_000, 0));
    SceneTask later = SceneTask.arriving(20_000).withExecution(ExecutionTime.of(970, 0));
    ScenePool before = new ScenePool(2_900, 100, 0, 0, 20, 1, 1);
    ScenePool after = new ScenePool(3_100, 100, 0, 0, 20, 1, 1);
    ScenePool soon = new ScenePool(3_100, 0, 0, 0, 20, 1, 1);
    assertThat(policy.urgency(late, before)).isGreaterThan(policy.urgency(later, before));
    assertThat(policy.urgency(late, after)).isLessThan(policy.urgency(later, after));
    assertThat(policy.urgency(late, soon)).isGreaterThan(policy.urgency(later, soon));
  }

  @Test
  void onlyTasksOfNearlyTheSameTimeShareAClass() {
    for (long seed = 0; seed < SCENES; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      double one = 1 + random.nextDouble(1e6);
      double other = one * (1 + random.nextDouble(1_000));
      boolean same = orderClass(one) == orderClass(other);
      assertThat(same && other / one > 1.123).as("%s and %s", one, other).isFalse();
    }
  }

  private int orderClass(double ms) {
    return policy.orderClass(SceneTask.arriving(0).withExecution(ExecutionTime.of(ms, 0)));
  }

  @Test
  void noTaskIsOvertakenByOnesThatArriveMuchLater() {
    for (long seed = 0; seed < SCENES; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      SceneTask task = task(random, 0);
      double bound = 600 * task.executionTime().mean();
      SceneTask later =
          SceneTask.arriving(task.arrivalMs() + bound + 1)
              .withExecution(ExecutionTime.of(random.nextDouble(1_000), 0));
      ScenePool then = ScenePool.at(0).withQueue(random.nextInt(10_000), 0, 0);
      ScenePool now = ScenePool.at(0).withQueue(random.nextInt(10_000), 0, 0);
      assertThat(policy.urgency(task, now))
          .as("seed %d", seed)
          .isGreaterThan(policy.urgency(later, now));
      assertThat(policy.order(task, then)).as("seed %d", seed).isLessThan(policy.order(later, now));
    }
  }

  @Test
  void aTaskGoesWhereItCostsLeast() {
    for (long seed = 0; seed < SCENES; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Scene scene = Scene.random(random);
      SceneTask task = task(random, random.nextInt(6));
      assertThat(policy.select(task, scene, ScenePool.at(0), UNUSED))
          .as("seed %d", seed)
          .isEqualTo(SlowLeast.by(scene, i -> cost(task, scene, i)));
    }
  }

  /// The delay of everybody: first while the prompt is read, then while tokens are generated.
  private static double cost(SceneTask task, Scene scene, int i) {
    double execution = scene.executionMean(i);
    if (scene.slots(i) == 1) {
      return scene.waitMean(i) + execution;
    }
    double prompt = task.inputTokens() > 0 ? task.inputTokens() : 512.0 * task.prefix().length();
    double answer = task.maxTokens() > 0 && task.maxTokens() < 250 ? task.maxTokens() : 250;
    double blocks = Math.max(task.prefix().length(), task.inputTokens() / 512.0);
    double missing = blocks == 0 ? 1 : Math.max(0, 1 - scene.cachedBlocks(i) / blocks);
    double reading = execution * (prompt / (prompt + 150 * answer));
    double unread = reading * missing;
    double generating = execution - reading;
    int others = scene.outstanding(i);
    return scene.waitMean(i) + unread + generating + others * (unread + 0.01 * generating);
  }

  @Test
  void theFastestIdleInstanceIsFirst() {
    Scene scene =
        Scene.of(
            Scene.Replica.at(0).withExecution(ExecutionTime.of(150, 1)),
            Scene.Replica.at(1).withExecution(ExecutionTime.of(100, 1)).withWait(80, 1),
            Scene.Replica.at(2).withExecution(ExecutionTime.of(120, 1)));
    assertThat(policy.select(SceneTask.arriving(0), scene, ScenePool.at(0), UNUSED)).isEqualTo(2);
  }

  @Test
  void aCachedPromptAttractsUntilTooManyWouldHaveToWaitForIt() {
    SceneTask task = SceneTask.arriving(0).withPrefix(new long[24]).withInputTokens(24 * 512);
    assertThat(chosen(task, 4, 0)).as("a little busier").isEqualTo(0);
    assertThat(chosen(task, 64, 0)).as("much busier").isEqualTo(1);
    assertThat(chosen(task.withInputTokens(640).withPrefix(1), 4, 0))
        .as("a short prompt")
        .isEqualTo(1);
  }

  /// Chooses between a replica that holds the whole prompt and one that holds none of it.
  private int chosen(SceneTask task, int tasksThere, int tasksElsewhere) {
    Scene scene =
        Scene.of(
            Scene.Replica.at(0).withTasks(tasksThere, 128).withCachedBlocks(24),
            Scene.Replica.at(1).withTasks(tasksElsewhere, 128));
    return policy.select(task, scene, ScenePool.at(0), UNUSED);
  }

  @Test
  void hopelessTasksStepBackOrAreShed() {
    SceneTask firm = SceneTask.arriving(0).withSlo(100);
    SceneTask soft = firm.thatMayBeShed();
    for (Policy each : List.of(policy, new EarliestDeadline(PolicySettings.DEFAULTS))) {
      ScenePool pool = ScenePool.at(0);
      assertThat(each.admit(firm, pool, 0.7)).as(each.name()).isEqualTo(Admission.ACCEPT);
      assertThat(each.admit(firm, pool, 0.71)).as(each.name()).isEqualTo(Admission.DEMOTE);
      assertThat(each.admit(soft, pool, 0.7)).as(each.name()).isEqualTo(Admission.ACCEPT);
      assertThat(each.admit(soft, pool, 0.71)).as(each.name()).isEqualTo(Admission.SHED);
      assertThat(each.admit(soft, pool, Double.NaN)).as(each.name()).isEqualTo(Admission.ACCEPT);
    }
    Policy keeping = new ProportionalDeadline(keepingEverything());
    assertThat(keeping.admit(soft, ScenePool.at(0), 1)).isEqualTo(Admission.DEMOTE);
  }

  @Test
  void itSaysWhatItKnew() {
    Scene scene = Scene.of(Scene.Replica.at(0));
    ScenePool pool = ScenePool.at(10).withQueue(4, 0, 0);
    Explanation plain = policy.explain(SceneTask.arriving(10), scene, 0, pool);
    assertThat(plain.reason()).isEqualTo("proportional_deadline: expected to complete first");
    assertThat(plain.confidence()).isEqualTo(1);
    assertThat(plain.notes())
        .containsEntry("c", "10.0")
        .containsEntry("predictor_skill", "1.0")
        .containsEntry(
            "virtual_deadline_ms",
            Double.toString(10 + 10 * SceneTask.arriving(10).executionTime().harmonicMean()));
    double tight = policy.explain(SceneTask.arriving(0).withSlo(110), scene, 0, pool).confidence();
    assertThat(tight).isCloseTo(0.55, within(0.1));
    double hopeless = policy.explain(SceneTask.arriving(0).withSlo(5), scene, 0, pool).confidence();
    assertThat(hopeless).isZero();
  }

  static PolicySettings keepingEverything() {
    PolicySettings all = PolicySettings.DEFAULTS;
    return new PolicySettings(
        all.prices(),
        all.costMissProbability(),
        all.urgencyThreshold(),
        all.highLoad(),
        all.highLoadExit(),
        all.lowLoad(),
        all.lowLoadExit(),
        all.dwellMs(),
        all.orderBase(),
        all.orderGrowth(),
        all.orderMost(),
        all.demoteBelow(),
        all.missTolerance(),
        false);
  }

  private static SceneTask task(SplittableRandom random, int blocks) {
    SceneTask task =
        SceneTask.arriving(random.nextDouble(1e6))
            .withExecution(ExecutionTime.of(random.nextDouble(1_000), random.nextDouble(300)))
            .withPrefix(random.longs(blocks).toArray())
            .withInputTokens(random.nextBoolean() ? 0 : random.nextInt(4_000));
    return random.nextBoolean() ? task : task.withCost(1, random.nextInt(600));
  }
}
