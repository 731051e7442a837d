package io.swarmpilot.scheduler.core;

import static io.swarmpilot.scheduler.core.CoreScene.traits;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.primitives.ImmutableLongArray;
import io.swarmpilot.scheduler.core.TaskExplanation.Attempt;
import io.swarmpilot.scheduler.policy.Binding;
import io.swarmpilot.scheduler.policy.Priority;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The central queue: who waits, who goes next, and what ends there.
final class LateBindingTest {
  private static final double NONE = Double.NaN;

  @Test
  void tasksWaitWithoutCreditAndGoInTheSameStepInWhichItComesBack() {
    CoreScene scene = CoreScene.under("fifo").instance("a", 2);
    scene.submit("t1").submit("t2").submit("t3");
    assertThat(scene.dispatched()).containsExactly("t1", "t2");
    assertThat(scene.answers.getLast()).isEqualTo(new Answer.Accepted("t3", ""));
    assertThat(scene.task("t3").status).isEqualTo(TaskStatus.QUEUED);
    scene.end("t2");
    assertThat(scene.dispatched()).containsExactly("t1", "t2", "t3");
  }

  @Test
  void aNewInstanceTakesWhatWaits() {
    CoreScene scene = CoreScene.under("proportional_deadline").instance("a", 1);
    scene.submit("t1").submit("t2");
    scene.instance("b", 1);
    assertThat(scene.instanceOf("t2")).isEqualTo("b");
  }

  @Test
  void aBatchingInstanceThatReadsALongPromptGetsTheNextTaskOnlyOnceItHasReadIt() {
    CoreScene scene = CoreScene.under("proportional_deadline").instance("a", 8).instance("b", 8);
    scene.submit("long prompt", withInput(20_000), 10_000);
    assertThat(scene.instanceOf("long prompt")).isEqualTo("a");
    for (String next : List.of("t1", "t2", "t3")) {
      scene.submit(next, withInput(10), 10_000);
      assertThat(scene.instanceOf(next)).as(next).isEqualTo("b");
    }
    scene.pass(5_000);
    scene.submit("t4", withInput(10), 10_000);
    assertThat(scene.instanceOf("t4")).isEqualTo("a");
  }

  private static TaskTraits withInput(int tokens) {
    return new TaskTraits(
        Priority.NORMAL,
        NONE,
        NONE,
        Double.POSITIVE_INFINITY,
        "",
        0,
        tokens,
        false,
        "",
        ImmutableLongArray.of());
  }

  @Test
  void theOrderOfThePolicyDecides() {
    CoreScene scene = CoreScene.under("priority").instance("a", 1);
    scene.submit("first");
    scene.submit("n", traits(Priority.NORMAL, NONE, NONE, ""), 100);
    scene.now += 10 * CoreScene.MS;
    scene.submit("h", traits(Priority.HIGH, NONE, NONE, ""), 100);
    scene.now += 10 * CoreScene.MS;
    scene.submit("c", traits(Priority.CRITICAL, NONE, NONE, ""), 100);
    scene.submit("l", traits(Priority.LOW, NONE, NONE, ""), 100);
    for (String next : List.of("first", "c", "h", "n")) {
      scene.end(next);
    }
    assertThat(scene.dispatched()).containsExactly("first", "c", "h", "n", "l");
  }

  @Test
  void shortTasksOvertakeLongOnesByDefault() {
    CoreScene scene = CoreScene.under("").instance("a", 1);
    assertThat(scene.pool().policy().name()).isEqualTo("proportional_deadline");
    scene.submit("first");
    scene.submit("long", TaskTraits.PLAIN, 60_000);
    scene.now += 50 * CoreScene.MS;
    scene.submit("short", TaskTraits.PLAIN, 50);
    scene.end("first");
    assertThat(scene.dispatched()).containsExactly("first", "short");
  }

  @Test
  void aFullQueueRefusesAndKeepsNothing() {
    CoreScene scene = new CoreScene("fifo", 2, Integer.MAX_VALUE).instance("a", 1);
    scene.submit("t1").submit("t2").submit("t3").submit("t4");
    assertThat(scene.answers.getLast())
        .isInstanceOfSatisfying(
            Answer.Full.class,
            full -> {
              assertThat(full.bound()).isEqualTo("2 tasks wait for model type m");
              assertThat(full.retryAfterMs()).isBetween(50.0, 60_000.0);
            });
    assertThat(scene.core.state().findTask("t4")).isEmpty();
    assertThat(scene.core.state().liveTasks()).isEqualTo(3);
    scene.end("t1");
    scene.submit("t4");
    assertThat(scene.answers.getLast()).isEqualTo(new Answer.Accepted("t4", ""));
  }

  @Test
  void aUserHasNoMoreTasksThanHisQuota() {
    CoreScene scene = new CoreScene("fifo", 100, 2).instance("a", 1);
    TaskTraits ann = traits(Priority.NORMAL, NONE, NONE, "ann");
    scene.submit("t1", ann, 100).submit("t2", ann, 100).submit("t3", ann, 100);
    assertThat(scene.answers.getLast())
        .isInstanceOfSatisfying(
            Answer.Full.class,
            full -> assertThat(full.bound()).isEqualTo("user ann has 2 live tasks"));
    scene.submit("t4", traits(Priority.NORMAL, NONE, NONE, "bob"), 100);
    assertThat(scene.answers.getLast()).isEqualTo(new Answer.Accepted("t4", ""));
    scene.end("t1");
    scene.submit("t5", ann, 100);
    assertThat(scene.answers.getLast()).isEqualTo(new Answer.Accepted("t5", ""));
  }

  @Test
  void aTimeLimitEndsATaskWhereverItIs() {
    CoreScene scene = CoreScene.under("fifo").instance("a", 1);
    TaskTraits hurried = traits(Priority.NORMAL, NONE, 200, "");
    scene.submit("running", hurried, 100).submit("queued", hurried, 100);
    scene.pass(150);
    assertThat(scene.core.state().liveTasks()).isEqualTo(2);
    scene.pass(100);
    assertThat(scene.task("queued").status).isEqualTo(TaskStatus.COMPLETED);
    assertThat(scene.task("queued").snapshot().error()).isEqualTo("timed out after 200 ms");
    assertThat(scene.effects).contains(new Effect.Abort("a", "running", 1));
    scene.fail("running", Outcome.FailureKind.CANCELLED);
    assertThat(scene.task("running").snapshot().error()).isEqualTo("timed out after 200 ms");
  }

  @Test
  void whatCannotMeetItsObjectiveStepsBack() {
    CoreScene scene = CoreScene.under("edf").instance("a", 1);
    scene.submit("first");
    scene.submit("late", traits(Priority.NORMAL, 300, NONE, ""), 200);
    scene.now += 250 * CoreScene.MS;
    scene.submit("fresh", traits(Priority.NORMAL, 1_000, NONE, ""), 200);
    scene.end("first");
    assertThat(scene.dispatched()).containsExactly("first", "fresh");
    assertThat(scene.task("late").demoted).isTrue();
    scene.end("fresh");
    assertThat(scene.dispatched()).as("it is not dropped").endsWith("late");
  }

  @Test
  void whatMayBeShedIsRefusedOrDroppedWhenItsObjectiveIsOutOfReach() {
    CoreScene scene = CoreScene.under("").instance("a", 1);
    scene.submit("hopeless", CoreScene.sheddable(50), 1_000);
    assertThat(scene.answers.getLast()).isEqualTo(new Answer.Shed(50));
    assertThat(scene.core.state().findTask("hopeless")).isEmpty();
    scene.submit("first").submit("late", CoreScene.sheddable(500), 400);
    scene.now += 400 * CoreScene.MS;
    scene.end("first");
    assertThat(scene.task("late").status).isEqualTo(TaskStatus.COMPLETED);
    assertThat(scene.task("late").snapshot().error()).startsWith("shed: ");
  }

  @Test
  void aTaskMayAskForAnotherPolicyButDoesNotJumpTheQueue() {
    CoreScene scene = CoreScene.under("fifo").instance("a", 1).instance("b", 1);
    scene.submit("t1", CoreScene.placedBy("round_robin"), 100);
    assertThat(scene.task("t1").strategy).isEqualTo("round_robin");
    scene.submit("t2").submit("t3").submit("t4", CoreScene.placedBy("shortest_queue"), 100);
    assertThat(scene.task("t4").status).as("it waits like others").isEqualTo(TaskStatus.QUEUED);
    scene.end("t1");
    assertThat(scene.dispatched()).endsWith("t3");
  }

  @Test
  void aSwitchToEarlyBindingPlacesAllThatWaitsInPortions() {
    CoreScene scene = CoreScene.under("fifo").instance("a", 1).instance("b", 1);
    IntStream.range(0, 900).forEach(i -> scene.submit("t" + i));
    scene.tell(new Command.SetStrategy("shortest_queue", done -> {}));
    assertThat(scene.dispatched()).as("others have their turn").hasSizeLessThan(300);
    int portions = 0;
    while (scene.core.isUnfinished()) {
      scene.tell(new Command.GoOn());
      portions++;
    }
    assertThat(portions).isGreaterThan(1);
    assertThat(scene.dispatched()).hasSize(900).doesNotHaveDuplicates();
    assertThat(scene.pool().queued()).isZero();
  }

  @Test
  void readersSeeWhatWaitsAndThatItIsGone() {
    CoreScene scene = CoreScene.under("fifo").instance("a", 1);
    scene.submit("t1").submit("t2").submit("t3");
    PoolSnapshot queue = lastQueue(scene);
    assertThat(queue.queued()).isEqualTo(2);
    assertThat(queue.waiting().mean()).isBetween(200.0, 400.0);
    assertThat(queue.waiting().error()).isPositive();
    for (String id : List.of("t1", "t2", "t3")) {
      scene.end(id);
    }
    assertThat(lastQueue(scene).queued()).isZero();
    assertThat(lastQueue(scene).waiting().mean()).isZero();
  }

  @Test
  void aDecisionIsExplained() {
    CoreScene scene = CoreScene.under("fifo").instance("a", 2).instance("b", 2);
    scene.submit("t1").submit("t2", traits(Priority.HIGH, 5_000, NONE, "ann"), 100);
    AtomicReference<Optional<TaskExplanation>> told = new AtomicReference<>(Optional.empty());
    scene.tell(new Command.Explain("t2", told::set));
    Attempt attempt = told.get().orElseThrow().attempts().getFirst();
    assertThat(attempt.strategy()).isEqualTo("fifo");
    assertThat(attempt.binding()).isEqualTo(Binding.LATE);
    assertThat(attempt.instance()).isEqualTo(scene.instanceOf("t2"));
    assertThat(attempt.considered()).isEqualTo(2);
    assertThat(attempt.why().reason()).contains("FIFO");
    assertThat(attempt.candidates()).hasSize(2);
    assertThat(attempt.candidates().getFirst().score())
        .isLessThanOrEqualTo(attempt.candidates().getLast().score());
    assertThat(attempt.candidates().getFirst().missProbability()).isBetween(0.0, 0.01);
    scene.tell(new Command.Explain("nobody", told::set));
    assertThat(told.get()).isEmpty();
  }

  @Test
  void thousandEqualTasksSpreadEvenlyOverIdleInstances() {
    for (String strategy :
        List.of("shortest_queue", "weighted", "round_robin", "fifo", "priority", "slo_aware")) {
      CoreScene scene = CoreScene.under(strategy);
      IntStream.range(0, 10).forEach(i -> scene.instance("i" + i, 100));
      IntStream.range(0, 1_000).forEach(i -> scene.submit("t" + i));
      int[] held =
          scene.core.state().instances().stream().mapToInt(i -> i.outstanding.size()).toArray();
      int most = IntStream.of(held).max().orElseThrow();
      int least = IntStream.of(held).min().orElseThrow();
      assertThat(most - least).as(strategy).isLessThanOrEqualTo(1);
    }
  }

  private static PoolSnapshot lastQueue(CoreScene scene) {
    return scene.effects.stream()
        .filter(Effect.ShowPool.class::isInstance)
        .map(effect -> ((Effect.ShowPool) effect).pool())
        .reduce((before, after) -> after)
        .orElseThrow();
  }
}
