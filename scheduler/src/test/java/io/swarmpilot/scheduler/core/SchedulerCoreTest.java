package io.swarmpilot.scheduler.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmpilot.scheduler.forecast.ExecutionTime;
import io.swarmpilot.scheduler.policy.Binding;
import io.swarmpilot.scheduler.policy.Candidates;
import io.swarmpilot.scheduler.policy.Policy;
import io.swarmpilot.scheduler.policy.PolicyRegistry;
import io.swarmpilot.scheduler.policy.PolicySettings;
import io.swarmpilot.scheduler.policy.PoolView;
import io.swarmpilot.scheduler.policy.ShortestQueue;
import io.swarmpilot.scheduler.policy.WaitingTask;
import io.swarmpilot.scheduler.queue.QueueSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Single rules of the core, one step at a time.
final class SchedulerCoreTest {
  private static final long MS = 1_000_000L;
  private static final Limits LIMITS =
      new Limits(
          100,
          1_000,
          3,
          1_000,
          10_000 * MS,
          3,
          2_000 * MS,
          5_000 * MS,
          2,
          40,
          Integer.MAX_VALUE,
          4,
          100,
          QueueSettings.DEFAULTS);

  private final List<Object> answers = new ArrayList<>();
  private SchedulerCore core =
      new SchedulerCore(
          PolicyRegistry.discover(PolicySettings.DEFAULTS), LIMITS, new SplittableRandom(1));
  private long now = 1_000 * MS;

  @ParameterizedTest
  @ValueSource(ints = {-1, 7, Integer.MIN_VALUE})
  void aPolicyThatAnswersNonsenseOrThrowsIsReplacedForThatDecision(int answer) {
    core =
        new SchedulerCore(
            PolicyRegistry.of(List.of(() -> new Broken(answer), ShortestQueue::new)),
            LIMITS,
            new SplittableRandom(1));
    connect("a", 1);
    Decision decision = submit("t1");
    assertThat(decision.effects()).hasAtLeastOneElementOfType(Effect.Dispatch.class);
    assertThat(core.state().findTask("t1").orElseThrow().strategy).isEqualTo("least_requests");
  }

  @Test
  void afterARefusalForFullnessNoMoreIsSentThanTheInstanceHolds() {
    tell(new Command.SetStrategy("shortest_queue", done -> {}));
    connect("a", 1);
    submit("t1");
    submit("t2");
    submit("t3");
    tell(new Command.Refused("a", "t3", 1, true, "full"));
    assertThat(core.state().findTask("t3").orElseThrow().status).isEqualTo(TaskStatus.QUEUED);
    submit("t4");
    assertThat(answers.getLast()).isInstanceOf(Answer.Full.class);
    Decision freed = end("t1", 1);
    assertThat(freed.effects())
        .as("the waiting task takes the place")
        .anyMatch(effect ->
            effect instanceof Effect.Dispatch dispatch
                && dispatch.task().taskId().equals("t3")
                && dispatch.task().attempt() == 2);
    assertThat(core.state().findTask("t3").orElseThrow().losses)
        .as("a refusal is no loss")
        .isEmpty();
  }

  @Test
  void waitingTasksAreServedInOrder() {
    tell(new Command.SetStrategy("shortest_queue", done -> {}));
    connect("a", 1);
    submit("t1");
    submit("t2");
    submit("t3");
    tell(new Command.Disconnected("a", 1, "broken"));
    now += 3_000 * MS;
    tell(new Command.Tick());
    now += 100 * MS;
    Decision back = tell(connected("a", 2, "run-2", 1));
    assertThat(
            back.effects().stream()
                .filter(Effect.Dispatch.class::isInstance)
                .map(effect -> ((Effect.Dispatch) effect).task().taskId()))
        .containsExactly("t1", "t2", "t3");
  }

  @Test
  void theSchedulersOwnPauseIsNotHeldAgainstInstances() {
    connect("a", 1);
    submit("t1");
    tell(new Command.Tick());
    now += 30_000 * MS;
    tell(new Command.Tick());
    assertThat(core.state().findInstance("a").orElseThrow().connected).isTrue();
    for (int i = 0; i < 25; i++) {
      now += 100 * MS;
      tell(new Command.Tick());
    }
    assertThat(core.state().findInstance("a").orElseThrow().connected)
        .as("silence while the scheduler listened")
        .isFalse();
  }

  @Test
  void registeringWaitsForTheConnectionAndFailsWithoutOne() {
    tell(new Command.Register(registration("a", 1), answers::add));
    assertThat(answers).isEmpty();
    now += 3_000 * MS;
    tell(new Command.Tick());
    assertThat(answers).hasSize(1);
    assertThat(((Answer.Registered) answers.getFirst()).failure())
        .startsWith("Health check failed");
    assertThat(core.state().instances()).as("nothing is left of it").isEmpty();
  }

  @Test
  void noMoreInstancesThanTheBound() {
    connect("a", 1);
    connect("b", 2);
    tell(new Command.Register(registration("c", 3), answers::add));
    assertThat(((Answer.Registered) answers.getLast()).failure()).startsWith("Too many");
  }

  @Test
  void oneInstanceUnderTwoAddressesIsOne() {
    connect("a", 1);
    Registration other = registration("b", 9);
    Registration sameProcess =
        new Registration(
            "b",
            other.name(),
            other.host(),
            other.port(),
            other.address(),
            other.directHost(),
            other.directPort(),
            other.kind(),
            "",
            "run-1",
            other.status());
    tell(new Command.Register(sameProcess, answers::add));
    assertThat(answers.getLast()).isEqualTo(new Answer.Registered("a", ""));
    assertThat(core.state().findInstanceAt("host:9")).isPresent();
    assertThat(core.state().findInstance("a").orElseThrow().registration.directPort())
        .as("its link stays")
        .isEqualTo(1);
  }

  @Test
  void inputsBeyondTheBoundAreRefused() {
    connect("a", 1);
    tell(
        new Command.Submit(
            "big",
            "m",
            TaskTraits.PLAIN,
            () -> 1_001,
            Estimates.everywhere(new Estimate(ExecutionTime.of(10, 1), "live")),
            0,
            answers::add));
    assertThat(answers.getLast()).isInstanceOf(Answer.Full.class);
  }

  @Test
  void theOldestResultsGoFirst() {
    connect("a", 1);
    for (int i = 1; i <= 5; i++) {
      submit("t" + i);
      end("t" + i, 1);
    }
    assertThat(core.state().completed().stream().map(task -> task.id))
        .containsExactly("t3", "t4", "t5");
    now += 10_001 * MS;
    Decision expired = tell(new Command.Tick());
    assertThat(core.state().completed()).isEmpty();
    assertThat(expired.effects()).contains(new Effect.HideTasks(List.of("t3", "t4", "t5"), false));
  }

  @Test
  void aTaskThatItsInstanceStopsForLackOfTimeIsNotTriedAgain() {
    connect("a", 1);
    Decision submitted = submitWithTimeout("t1", 500);
    assertThat(remainingMs(submitted)).isEqualTo(500);
    Outcome stopped = new Outcome.Failed(Outcome.FailureKind.CANCELLED, "cancelled", 7, "");
    now += 499 * MS;
    Decision early = tell(new Command.Ended("a", "t1", 1, stopped));
    assertThat(remainingMs(early)).as("stopped for no reason, so tried again").isEqualTo(1);
    now += MS;
    tell(new Command.Ended("a", "t1", 2, stopped));
    TaskSnapshot task = core.state().findTask("t1").orElseThrow().snapshot();
    assertThat(task.status()).isEqualTo(TaskStatus.COMPLETED);
    assertThat(task.error()).isEqualTo("timed out after 500 ms");
    assertThat(task.executionMs()).isEqualTo(7);
  }

  private static double remainingMs(Decision decision) {
    return decision.effects().stream()
        .filter(Effect.Dispatch.class::isInstance)
        .mapToDouble(effect -> ((Effect.Dispatch) effect).remainingMs())
        .sum();
  }

  private Decision submitWithTimeout(String id, double timeoutMs) {
    TaskTraits plain = TaskTraits.PLAIN;
    TaskTraits bounded =
        new TaskTraits(
            plain.priority(),
            plain.sloMs(),
            timeoutMs,
            plain.costBudget(),
            plain.user(),
            plain.maxTokens(),
            plain.inputTokens(),
            plain.sheddable(),
            plain.strategy(),
            plain.prefix());
    Estimates estimates = Estimates.everywhere(new Estimate(ExecutionTime.of(100, 10), "live"));
    return tell(new Command.Submit(id, "m", bounded, () -> 10, estimates, 0, answers::add));
  }

  private void connect(String uuid, int port) {
    tell(new Command.Register(registration(uuid, port), answer -> {}));
    tell(connected(uuid, 1, "run-" + port, 1));
  }

  private static Command.Connected connected(
      String uuid, long session, String incarnation, int slots) {
    return new Command.Connected(
        uuid,
        session,
        incarnation,
        new InstanceStatus("m", slots, slots, Target.UNKNOWN, false, 0),
        List.of());
  }

  private static Registration registration(String uuid, int port) {
    return new Registration(
        uuid,
        uuid,
        "host",
        port,
        "10.0.0.1:" + port,
        "10.0.0.1",
        port,
        InstanceKind.MESH,
        "",
        "run-" + port,
        InstanceStatus.IDLE);
  }

  private Decision submit(String id) {
    return tell(
        new Command.Submit(
            id,
            "m",
            TaskTraits.PLAIN,
            () -> 10,
            Estimates.everywhere(new Estimate(ExecutionTime.of(100, 10), "live")),
            0,
            answers::add));
  }

  private Decision end(String id, int attempt) {
    return tell(
        new Command.Ended("a", id, attempt, new Outcome.Succeeded(() -> 10, 100, "replica-1")));
  }

  private Decision tell(Command command) {
    Decision decision = core.handle(List.of(command), now);
    Invariants.check(core.state(), now, "one step");
    for (Effect effect : decision.effects()) {
      if (effect instanceof Effect.Reply<?> reply) {
        reply.send();
      }
      assertThat(effect).isNotInstanceOf(Effect.Fault.class);
    }
    return decision;
  }

  /// A policy as a user may get it wrong.
  ///
  /// @param answer what it answers; the least integer stands for a failure
  private record Broken(int answer) implements Policy {
    @Override
    public String name() {
      return "broken";
    }

    @Override
    public Binding binding() {
      return Binding.EARLY;
    }

    @Override
    public double score(WaitingTask task, Candidates candidates, int index, PoolView pool) {
      return 0;
    }

    @Override
    public int select(
        WaitingTask task, Candidates candidates, PoolView pool, RandomGenerator random) {
      if (answer == Integer.MIN_VALUE) {
        throw new IllegalStateException("broken on purpose");
      }
      return answer;
    }
  }
}
