package io.swarmpilot.scheduler.shadow;

import com.google.common.collect.ImmutableMap;
import io.swarmpilot.scheduler.core.Command;
import io.swarmpilot.scheduler.core.Decision;
import io.swarmpilot.scheduler.core.Effect;
import io.swarmpilot.scheduler.core.Estimate;
import io.swarmpilot.scheduler.core.Estimates;
import io.swarmpilot.scheduler.core.Event;
import io.swarmpilot.scheduler.core.InstanceKind;
import io.swarmpilot.scheduler.core.InstanceStatus;
import io.swarmpilot.scheduler.core.Limits;
import io.swarmpilot.scheduler.core.Outcome;
import io.swarmpilot.scheduler.core.Payload;
import io.swarmpilot.scheduler.core.Registration;
import io.swarmpilot.scheduler.core.SchedulerCore;
import io.swarmpilot.scheduler.core.Target;
import io.swarmpilot.scheduler.core.TaskTraits;
import io.swarmpilot.scheduler.forecast.ExecutionTime;
import io.swarmpilot.scheduler.policy.PolicyRegistry;
import io.swarmpilot.scheduler.policy.PolicySettings;
import io.swarmpilot.scheduler.queue.QueueSettings;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;

/// A live mesh in virtual time, whose events are shown to whoever is interested: one model, one
/// task after the other on each instance, an instance takes up what it was given after a while.
final class LiveRun {
  static final String MODEL = "m";
  static final long SECOND = 1_000_000_000L;
  static final Limits LIMITS =
      new Limits(
          100_000,
          Long.MAX_VALUE,
          10,
          Long.MAX_VALUE,
          SECOND,
          3,
          3 * SECOND,
          600 * SECOND,
          1_000,
          100_000,
          Integer.MAX_VALUE,
          16,
          16,
          QueueSettings.DEFAULTS);

  final SchedulerCore core;
  final BiConsumer<List<Event>, Long> watcher;
  final Map<String, Double> executions = new HashMap<>();
  final Map<String, Double> factors = new HashMap<>();
  final Map<String, Queue<Effect.Dispatch>> queues = new HashMap<>();
  private final PriorityQueue<Due> agenda =
      new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::sequence));
  private final long handover;
  private final Map<String, Target> targets = new HashMap<>();
  private final Map<String, Boolean> busy = new HashMap<>();
  long now = SECOND;
  private long sequence;
  private long sessions;
  private long nextTick = SECOND;

  LiveRun(String policy, long handover, BiConsumer<List<Event>, Long> watcher) {
    this.core = core(policy, 1);
    this.handover = handover;
    this.watcher = watcher;
  }

  static SchedulerCore core(String policy, long seed) {
    return new SchedulerCore(
        PolicyRegistry.discover(PolicySettings.DEFAULTS).startingWith(policy),
        LIMITS,
        new SplittableRandom(seed));
  }

  /// An instance joins; it takes `factor` times as long as a plain one, and predictions know.
  void join(String uuid, String hardware, double factor) {
    Registration registration =
        new Registration(
            uuid,
            uuid,
            "h",
            queues.size() + 1,
            uuid,
            uuid,
            1,
            InstanceKind.MESH,
            "",
            "",
            InstanceStatus.IDLE);
    queues.put(uuid, new ArrayDeque<>());
    factors.put(hardware, factor);
    targets.put(uuid, new Target(hardware, "", ""));
    tell(new Command.Register(registration, answer -> {}));
    tell(new Command.Connected(uuid, ++sessions, "p" + sessions, status(uuid), List.of()));
  }

  InstanceStatus status(String uuid) {
    return new InstanceStatus(MODEL, 1, 1, known(targets, uuid), false, 1);
  }

  void submit(String id, double executionMs, double predictedMs, TaskTraits traits) {
    executions.put(id, executionMs);
    Map<Target, Estimate> byTarget = new HashMap<>();
    targets
        .values()
        .forEach(target ->
            byTarget.put(
                target,
                new Estimate(
                    ExecutionTime.of(
                        predictedMs * known(factors, target.hardware()), predictedMs / 4),
                    "model")));
    Estimates estimates =
        new Estimates(
            ImmutableMap.copyOf(byTarget),
            new Estimate(ExecutionTime.of(predictedMs, predictedMs / 4), "model"));
    tell(new Command.Submit(id, MODEL, traits, Payload.NONE, estimates, now / 1e9, answer -> {}));
  }

  private static <V> V known(Map<String, V> map, String key) {
    V value = map.get(key);
    if (value == null) {
      throw new AssertionError("unknown: " + key);
    }
    return value;
  }

  /// Lets time pass.
  void until(long end) {
    while (true) {
      long next = Math.min(nextTick, agenda.isEmpty() ? Long.MAX_VALUE : agenda.element().at);
      if (next > end) {
        now = end;
        return;
      }
      now = next;
      if (!agenda.isEmpty() && agenda.element().at == next) {
        agenda.remove().what.run();
      } else {
        nextTick += SECOND / 4;
        List<Command> commands = new ArrayList<>();
        queues.keySet().forEach(uuid -> commands.add(heard(uuid)));
        commands.add(new Command.Tick());
        commands.forEach(this::tell);
      }
    }
  }

  void cancel(String id) {
    tell(new Command.Cancel(id, answer -> {}));
  }

  private final Map<String, Long> sessionOf = new HashMap<>();

  private Command heard(String uuid) {
    return new Command.Heard(uuid, sessionOf.getOrDefault(uuid, 0L), status(uuid));
  }

  void tell(Command command) {
    if (command instanceof Command.Connected connected) {
      sessionOf.put(connected.instance(), connected.session());
    }
    Decision decision = core.handle(List.of(command), now);
    watcher.accept(decision.events(), now);
    decision.effects().forEach(this::carryOut);
    while (core.isUnfinished()) {
      Decision more = core.handle(List.of(new Command.GoOn()), now);
      watcher.accept(more.events(), now);
      more.effects().forEach(this::carryOut);
    }
  }

  private void carryOut(Effect effect) {
    switch (effect) {
      case Effect.Dispatch dispatch -> at(now + handover, () -> arrive(dispatch));
      case Effect.Fault fault -> throw fault.cause();
      case Effect.Abort abort -> at(now, () -> abort(abort));
      default -> {}
    }
  }

  private void abort(Effect.Abort abort) {
    tell(
        new Command.Ended(
            abort.instance(),
            abort.taskId(),
            abort.attempt(),
            new Outcome.Failed(Outcome.FailureKind.CANCELLED, "cancelled", 0, "")));
  }

  private void arrive(Effect.Dispatch dispatch) {
    known(queues, dispatch.instance()).add(dispatch);
    startNext(dispatch.instance());
  }

  private void startNext(String uuid) {
    Effect.Dispatch next = busy.getOrDefault(uuid, false) ? null : known(queues, uuid).poll();
    if (next == null) {
      return;
    }
    busy.put(uuid, true);
    String id = next.task().taskId();
    tell(new Command.Started(uuid, id, next.task().attempt(), ""));
    double ms = known(executions, id) * known(factors, known(targets, uuid).hardware());
    at(
        now + (long) (ms * 1e6),
        () -> {
          busy.put(uuid, false);
          tell(
              new Command.Ended(
                  uuid, id, next.task().attempt(), new Outcome.Succeeded(Payload.NONE, ms, "")));
          startNext(uuid);
        });
  }

  private void at(long when, Runnable what) {
    agenda.add(new Due(when, sequence++, what));
  }

  private record Due(long at, long sequence, Runnable what) {}
}
