package io.swarmpilot.scheduler.performance;

import io.swarmpilot.scheduler.core.Command;
import io.swarmpilot.scheduler.core.Decision;
import io.swarmpilot.scheduler.core.Effect;
import io.swarmpilot.scheduler.core.Estimate;
import io.swarmpilot.scheduler.core.Estimates;
import io.swarmpilot.scheduler.core.InstanceKind;
import io.swarmpilot.scheduler.core.InstanceStatus;
import io.swarmpilot.scheduler.core.Limits;
import io.swarmpilot.scheduler.core.MeasuredPool;
import io.swarmpilot.scheduler.core.Outcome;
import io.swarmpilot.scheduler.core.Registration;
import io.swarmpilot.scheduler.core.SchedulerCore;
import io.swarmpilot.scheduler.core.Target;
import io.swarmpilot.scheduler.core.TaskTraits;
import io.swarmpilot.scheduler.forecast.ExecutionTime;
import io.swarmpilot.scheduler.policy.Policy;
import io.swarmpilot.scheduler.policy.PolicyRegistry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// A core with instances of one slot that are all taken, and a load that stays the same.
final class MeasuredCore {
  private static final int KINDS = 1_024;
  private static final InstanceStatus STATUS =
      new InstanceStatus("m", 1, 1, new Target("A100", "vllm", "1"), false, 1);

  private final SchedulerCore core;
  private final RandomGenerator random;
  private final Map<String, Deque<Effect.Dispatch>> held = new HashMap<>();
  private final Deque<String> busy = new ArrayDeque<>();
  private final List<Command> commands = new ArrayList<>();
  private final Estimates[] estimates = new Estimates[KINDS];
  private final long stepNanos;
  private long now;
  private long tasks;

  MeasuredCore(Policy policy, int instances, int queued, RandomGenerator random) {
    this.random = random;
    Limits limits = MeasuredPool.limits(instances + queued);
    core = new SchedulerCore(PolicyRegistry.of(List.of(() -> policy)), limits, random);
    stepNanos = 600_000_000L / instances;
    for (int i = 0; i < KINDS; i++) {
      double mean = Math.exp(6 + random.nextGaussian());
      Estimate estimate = new Estimate(ExecutionTime.of(mean, mean / 2), "model");
      estimates[i] = Estimates.everywhere(estimate);
    }
    for (int i = 0; i < instances; i++) {
      connect(i);
    }
    for (int i = 0; i < instances + queued; i++) {
      commands.add(submission());
      handle();
    }
  }

  /// A task ends, another one comes, one is placed and one started.
  ///
  /// @return how many instances are busy
  int turn() {
    String uuid = busy.removeFirst();
    Deque<Effect.Dispatch> tasks = heldBy(uuid);
    Effect.Dispatch ending = tasks.removeFirst();
    commands.add(
        new Command.Ended(
            uuid,
            ending.task().taskId(),
            ending.task().attempt(),
            new Outcome.Succeeded(() -> 10, 600, "replica-1")));
    if (!tasks.isEmpty()) {
      start(tasks.getFirst());
    }
    commands.add(submission());
    handle();
    return busy.size();
  }

  private Deque<Effect.Dispatch> heldBy(String uuid) {
    return held.computeIfAbsent(uuid, _ -> new ArrayDeque<>());
  }

  private void start(Effect.Dispatch task) {
    busy.addLast(task.instance());
    commands.add(
        new Command.Started(
            task.instance(), task.task().taskId(), task.task().attempt(), "replica-1"));
  }

  private Command submission() {
    return new Command.Submit(
        "task-" + tasks++,
        "m",
        TaskTraits.PLAIN,
        () -> 10,
        estimates[random.nextInt(KINDS)],
        0,
        answer -> {});
  }

  private void connect(int index) {
    String uuid = "instance-" + index;
    commands.add(
        new Command.Register(
            new Registration(
                uuid, uuid, "host", index, uuid, "host", index, InstanceKind.MESH, "", "r", STATUS),
            answer -> {}));
    commands.add(new Command.Connected(uuid, 1, "r", STATUS, List.of()));
    handle();
  }

  private void handle() {
    now += stepNanos;
    Decision decision = core.handle(commands, now);
    commands.clear();
    for (Effect effect : decision.effects()) {
      if (effect instanceof Effect.Dispatch dispatch) {
        Deque<Effect.Dispatch> tasks = heldBy(dispatch.instance());
        tasks.addLast(dispatch);
        if (tasks.size() == 1) {
          start(dispatch);
        }
      } else if (effect instanceof Effect.Fault fault) {
        throw fault.cause();
      }
    }
  }
}
