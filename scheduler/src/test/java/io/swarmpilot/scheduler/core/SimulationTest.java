package io.swarmpilot.scheduler.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.primitives.ImmutableLongArray;
import io.swarmpilot.scheduler.core.Effect.TaskChange;
import io.swarmpilot.scheduler.forecast.ExecutionTime;
import io.swarmpilot.scheduler.policy.PolicyRegistry;
import io.swarmpilot.scheduler.policy.PolicySettings;
import io.swarmpilot.scheduler.policy.Priority;
import io.swarmpilot.scheduler.queue.QueueSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Random lives of a scheduler and its instances in virtual time: crashes, broken connections, lost
/// and repeated messages, full queues, cancels, removals, switches. The invariants hold after every
/// step, every accepted task ends exactly once, and the events alone give the same state again.
final class SimulationTest {
  /// `-Dsimulation.seed=S -Dsimulation.lives=1` plays one life again, a greater number more of
  /// them.
  private static final int LIVES = Integer.getInteger("simulation.lives", 3_000);

  private static final long FIRST_SEED = Long.getLong("simulation.seed", 0);
  private static final int MANY = 1_000;

  private static final long MS = 1_000_000L;
  private static final Limits LIMITS =
      new Limits(
          60,
          5_000,
          25,
          2_000,
          60_000 * MS,
          3,
          2_000 * MS,
          20_000 * MS,
          100,
          40,
          Integer.MAX_VALUE,
          4,
          100,
          QueueSettings.DEFAULTS);
  private static final List<String> STRATEGIES =
      Stream.concat(
              PolicyRegistry.discover(PolicySettings.DEFAULTS).names().stream(), Stream.of("nope"))
          .toList();

  @Test
  void everyLifeKeepsTheInvariants() {
    int retried = 0;
    for (long seed = FIRST_SEED; seed < FIRST_SEED + LIVES; seed++) {
      Life life = new Life(seed);
      life.run();
      retried += life.retried;
    }
    if (LIVES >= MANY) {
      assertThat(retried).as("the simulation exercises retries").isGreaterThan(LIVES / 10);
    }
  }

  /// One life.
  private static final class Life {
    final SplittableRandom random;
    final String seed;
    final SchedulerCore core;
    final List<Event> journal = new ArrayList<>();
    final List<SimulatedInstance> instances = new ArrayList<>();
    final Map<String, Integer> attempts = new HashMap<>();
    final Set<String> accepted = new HashSet<>();
    final Set<String> ended = new HashSet<>();
    long now = 5_000 * MS;
    long sessions;
    int submitted;
    int retried;

    Life(long seed) {
      this.seed = "seed " + seed;
      this.random = new SplittableRandom(seed);
      this.core =
          new SchedulerCore(
              PolicyRegistry.discover(PolicySettings.DEFAULTS),
              LIMITS,
              new SplittableRandom(seed + 1));
    }

    void run() {
      int count = 1 + random.nextInt(4);
      for (int i = 0; i < count; i++) {
        int slots = 1 + random.nextInt(3);
        SimulatedInstance instance =
            new SimulatedInstance(
                "uuid-" + i, random.nextBoolean() ? "a" : "b", slots, slots + random.nextInt(12));
        instances.add(instance);
        tell(new Command.Register(instance.registration(i), answer -> {}));
      }
      for (int step = 0; step < 150; step++) {
        step();
      }
      heal();
      Set<String> open = new HashSet<>(accepted);
      open.removeAll(ended);
      assertThat(open).as(seed + ": every accepted task ends").isEmpty();
      assertThat(core.state().liveTasks()).as(seed).isZero();
      SchedulerCore replayed =
          new SchedulerCore(
              PolicyRegistry.discover(PolicySettings.DEFAULTS), LIMITS, new SplittableRandom(0));
      journal.forEach(replayed::apply);
      assertThat(Invariants.digest(replayed.state()))
          .as(seed + ": the events give the same state")
          .isEqualTo(Invariants.digest(core.state()));
    }

    private void step() {
      now += random.nextInt(200) * MS / 4;
      SimulatedInstance instance = instances.get(random.nextInt(instances.size()));
      switch (random.nextInt(20)) {
        case 0, 1, 2, 3 -> submit();
        case 4, 5, 6, 7, 8 -> {
          receive(instance);
          send(instance);
        }
        case 9, 10, 11 -> instance.work(random);
        case 12 -> instance.heartbeat();
        case 13, 14 -> tell(new Command.Tick());
        case 15 -> reconnect(instance);
        case 16 -> breakOrCrash(instance);
        case 17 -> administrate(instance);
        case 18 -> cancel();
        default -> repeat(instance);
      }
    }

    private void submit() {
      String id = "t" + (random.nextInt(10) == 0 ? random.nextInt(submitted + 1) : submitted++);
      Estimate estimate =
          new Estimate(ExecutionTime.of(10 + random.nextInt(500), random.nextInt(200)), "live");
      tell(
          new Command.Submit(
              id,
              random.nextBoolean() ? "a" : "b",
              traits(),
              () -> 100,
              Estimates.everywhere(estimate),
              0,
              answer -> {
                if (answer instanceof Answer.Accepted) {
                  accepted.add(id);
                }
              }));
    }

    private TaskTraits traits() {
      return new TaskTraits(
          Priority.of(random.nextInt(5)).orElseThrow(),
          random.nextBoolean() ? Double.NaN : 1 + random.nextInt(2_000),
          random.nextInt(4) > 0 ? Double.NaN : 1 + random.nextInt(5_000),
          random.nextInt(10),
          random.nextBoolean() ? "" : "user-" + random.nextInt(3),
          random.nextInt(100),
          random.nextInt(100),
          random.nextInt(4) == 0,
          random.nextInt(8) > 0 ? "" : STRATEGIES.get(random.nextInt(STRATEGIES.size() - 1)),
          ImmutableLongArray.of());
    }

    private void receive(SimulatedInstance instance) {
      if (instance.alive && instance.connected) {
        instance.receive();
      }
    }

    private void send(SimulatedInstance instance) {
      if (instance.alive && instance.connected && !instance.up.isEmpty()) {
        tell(instance.up.poll());
      }
    }

    private void reconnect(SimulatedInstance instance) {
      instance.alive = true;
      if (!instance.connected) {
        instance.connect(++sessions);
      }
    }

    private void breakOrCrash(SimulatedInstance instance) {
      if (random.nextInt(3) == 0) {
        instance.crash();
      }
      if (instance.connected) {
        Command broken = instance.disconnect();
        if (random.nextBoolean()) {
          tell(broken);
        }
      }
    }

    private void administrate(SimulatedInstance instance) {
      switch (random.nextInt(5)) {
        case 0 -> tell(new Command.Remove(instance.uuid, answer -> {}));
        case 1, 2 ->
            tell(
                new Command.Register(
                    instance.registration(instances.indexOf(instance)), answer -> {}));
        case 3 ->
            tell(
                new Command.SetStrategy(
                    STRATEGIES.get(random.nextInt(STRATEGIES.size())), answer -> {}));
        default -> tell(new Command.Clear(answer -> {}));
      }
    }

    private void cancel() {
      tell(new Command.Cancel("t" + random.nextInt(submitted + 1), answer -> {}));
    }

    /// An outcome that arrives twice, or of an attempt that never was.
    private void repeat(SimulatedInstance instance) {
      String id = "t" + random.nextInt(submitted + 1);
      int attempt = attempts.getOrDefault(id, 1) - 1;
      tell(
          new Command.Ended(
              instance.uuid, id, attempt, new Outcome.Succeeded(() -> 10, 5, "replica-9")));
      tell(new Command.Started(instance.uuid, id, attempt, "replica-9"));
    }

    /// Everything works from now on, for as long as it takes.
    private void heal() {
      for (SimulatedInstance instance : instances) {
        tell(
            new Command.Register(instance.registration(instances.indexOf(instance)), answer -> {}));
        reconnect(instance);
      }
      for (int round = 0; round < 3_000 && core.state().liveTasks() > 0; round++) {
        now += 20 * MS;
        for (SimulatedInstance instance : instances) {
          reconnect(instance);
          while (!instance.down.isEmpty()) {
            instance.receive();
          }
          instance.work(random);
          instance.heartbeat();
          while (!instance.up.isEmpty()) {
            tell(instance.up.poll());
          }
        }
        tell(new Command.Tick());
      }
    }

    private void tell(Command command) {
      boolean late = command instanceof Command.Ended ended && isLate(ended);
      Decision decision = core.handle(List.of(command), now);
      if (late) {
        assertThat(decision.events()).as(seed + ": a late answer changes nothing").isEmpty();
      }
      journal.addAll(decision.events());
      Invariants.check(core.state(), now, seed);
      decision.effects().forEach(this::run);
    }

    private boolean isLate(Command.Ended ended) {
      return core.state()
          .findTask(ended.taskId())
          .filter(task ->
              task.status == TaskStatus.SCHEDULED
                  && task.instanceUuid.equals(ended.instance())
                  && task.attempt == ended.attempt())
          .isEmpty();
    }

    private void run(Effect effect) {
      switch (effect) {
        case Effect.Reply<?> reply -> reply.send();
        case Effect.Dispatch dispatch -> {
          dispatched(dispatch.task());
          SimulatedInstance instance = find(dispatch.instance());
          if (instance.connected && instance.session == dispatch.session()) {
            instance.down.add(dispatch);
          }
        }
        case Effect.Abort abort -> pass(abort.instance(), abort);
        case Effect.Acknowledge ack -> pass(ack.instance(), ack);
        case Effect.ShowTask show -> shown(show);
        case Effect.BreakLink broken -> {
          SimulatedInstance instance = find(broken.instance());
          if (instance.connected && instance.session == broken.session()) {
            instance.disconnect();
          }
        }
        case Effect.CloseLink closed -> {
          if (find(closed.instance()).connected) {
            find(closed.instance()).disconnect();
          }
        }
        case Effect.Fault fault -> throw new AssertionError(seed, fault.cause());
        case Effect.HideTasks h -> {}
        case Effect.ShowInstance s -> {}
        case Effect.ShowPool s -> {}
        case Effect.HideInstance h -> {}
        case Effect.ShowSettings s -> {}
        case Effect.Report r -> {}
        case Effect.OpenLink o -> {}
      }
    }

    private void dispatched(TaskSnapshot task) {
      Integer before = attempts.put(task.taskId(), task.attempt());
      // An id may be submitted again after it was forgotten; its attempts then start anew.
      boolean grows = task.attempt() == 1 || (before != null && task.attempt() == before + 1);
      assertThat(grows).as(seed + ": attempts grow, " + task.taskId()).isTrue();
      assertThat(find(task.instance()).model).as(seed).isEqualTo(task.model());
    }

    private void shown(Effect.ShowTask show) {
      String id = show.task().taskId();
      if (show.change() == TaskChange.RETRIED) {
        retried++;
      }
      if (show.change() == TaskChange.SCHEDULED) {
        ended.remove(id);
      }
      if (show.change() == TaskChange.COMPLETED) {
        assertThat(ended.add(id)).as(seed + ": ends once, " + id).isTrue();
      }
    }

    private void pass(String uuid, Effect effect) {
      if (find(uuid).connected) {
        find(uuid).down.add(effect);
      }
    }

    private SimulatedInstance find(String uuid) {
      return instances.stream().filter(i -> i.uuid.equals(uuid)).findFirst().orElseThrow();
    }
  }
}
