package io.swarmpilot.scheduler.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.primitives.ImmutableLongArray;
import io.swarmpilot.scheduler.core.Outcome.FailureKind;
import io.swarmpilot.scheduler.forecast.ExecutionTime;
import io.swarmpilot.scheduler.policy.PolicyRegistry;
import io.swarmpilot.scheduler.policy.PolicySettings;
import io.swarmpilot.scheduler.policy.Priority;
import io.swarmpilot.scheduler.queue.QueueSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// A core with instances of one model, in virtual time. Remembers answers and effects.
final class CoreScene {
  static final long MS = 1_000_000L;
  static final String MODEL = "m";
  private static final int FEW = 50;

  final SchedulerCore core;
  final List<Object> answers = new ArrayList<>();
  final List<Effect> effects = new ArrayList<>();
  long now = 1_000 * MS;
  private int steps;

  CoreScene(String strategy, int maxQueued, int maxPerUser) {
    Limits limits =
        new Limits(
            100_000,
            10_000_000,
            100_000,
            10_000_000,
            60_000 * MS,
            3,
            60_000 * MS,
            5_000 * MS,
            100,
            maxQueued,
            maxPerUser,
            0,
            100,
            QueueSettings.DEFAULTS);
    core =
        new SchedulerCore(
            PolicyRegistry.discover(PolicySettings.DEFAULTS).startingWith(strategy),
            limits,
            new SplittableRandom(1));
  }

  static CoreScene under(String strategy) {
    return new CoreScene(strategy, 1_000, Integer.MAX_VALUE);
  }

  CoreScene instance(String uuid, int slots) {
    int port = core.state().instances().size() + 1;
    InstanceStatus status = new InstanceStatus(MODEL, slots, slots, Target.UNKNOWN, false, 0);
    tell(
        new Command.Register(
            new Registration(
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
                InstanceStatus.IDLE),
            answer -> {}));
    tell(new Command.Connected(uuid, 1, "run-" + port, status, List.of()));
    return this;
  }

  CoreScene submit(String id) {
    return submit(id, TaskTraits.PLAIN, 100);
  }

  CoreScene submit(String id, TaskTraits traits, double expectedMs) {
    Estimate estimate = new Estimate(ExecutionTime.of(expectedMs, expectedMs / 10), "live");
    tell(
        new Command.Submit(
            id, MODEL, traits, () -> 10, Estimates.everywhere(estimate), 0, answers::add));
    return this;
  }

  void end(String id) {
    TaskEntry task = task(id);
    tell(
        new Command.Ended(
            task.instanceUuid, id, task.attempt, new Outcome.Succeeded(() -> 1, 100, "r")));
  }

  void fail(String id, FailureKind kind) {
    TaskEntry task = task(id);
    tell(
        new Command.Ended(
            task.instanceUuid, id, task.attempt, new Outcome.Failed(kind, "broken", 1, "r")));
  }

  void pass(long ms) {
    now += ms * MS;
    tell(new Command.Tick());
  }

  void tell(Command command) {
    Decision decision = core.handle(List.of(command), now);
    effects.addAll(decision.effects());
    for (Effect effect : decision.effects()) {
      assertThat(effect).isNotInstanceOf(Effect.Fault.class);
      if (effect instanceof Effect.Reply<?> reply) {
        reply.send();
      }
    }
    // Looking at every task takes its time: with many of them not after every step.
    if (core.state().liveTasks() < FEW || ++steps % FEW == 0) {
      Invariants.check(core.state(), now, "scene");
    }
  }

  TaskEntry task(String id) {
    return core.state().findTask(id).orElseThrow();
  }

  String instanceOf(String id) {
    return task(id).instanceUuid;
  }

  /// The tasks given to instances so far, in order.
  List<String> dispatched() {
    return effects.stream()
        .filter(Effect.Dispatch.class::isInstance)
        .map(effect -> ((Effect.Dispatch) effect).task().taskId())
        .toList();
  }

  ModelPool pool() {
    return core.state().pool(MODEL).orElseThrow();
  }

  static TaskTraits traits(Priority priority, double sloMs, double timeoutMs, String user) {
    return new TaskTraits(
        priority,
        sloMs,
        timeoutMs,
        Double.POSITIVE_INFINITY,
        user,
        0,
        0,
        false,
        "",
        ImmutableLongArray.of());
  }

  static TaskTraits sheddable(double sloMs) {
    return new TaskTraits(
        Priority.NORMAL,
        sloMs,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        "",
        0,
        0,
        true,
        "",
        ImmutableLongArray.of());
  }

  static TaskTraits placedBy(String strategy) {
    return new TaskTraits(
        Priority.NORMAL,
        Double.NaN,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        "",
        0,
        0,
        false,
        strategy,
        ImmutableLongArray.of());
  }
}
