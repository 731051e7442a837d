package io.swarmpilot.benchmark.simulate.mesh;

import io.swarmpilot.benchmark.simulate.fleet.Faults;
import io.swarmpilot.benchmark.simulate.information.Foresight;
import io.swarmpilot.benchmark.simulate.measure.Lives;
import io.swarmpilot.benchmark.simulate.replica.Notice;
import io.swarmpilot.benchmark.simulate.replica.Site;
import io.swarmpilot.benchmark.simulate.workload.Workload;
import io.swarmpilot.scheduler.core.Answer;
import io.swarmpilot.scheduler.core.Command;
import io.swarmpilot.scheduler.core.Effect;
import io.swarmpilot.scheduler.core.Estimates;
import io.swarmpilot.scheduler.core.Limits;
import io.swarmpilot.scheduler.core.Outcome;
import io.swarmpilot.scheduler.core.Payload;
import io.swarmpilot.scheduler.core.SchedulerCore;
import io.swarmpilot.scheduler.core.TaskTraits;
import io.swarmpilot.scheduler.policy.PolicyRegistry;
import io.swarmpilot.scheduler.policy.Priority;
import io.swarmpilot.scheduler.queue.QueueSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;

/// One run: the production core and one of its policies, driven as the mesh drives it; replicas and
/// time are simulated. Nothing depends on the clock of this machine, and the same arguments give
/// the same run.
public final class MeshRun {
  static final String MODEL = "model";
  private static final double NANOS_A_MS = 1e6;
  private static final long SECOND = 1_000_000_000L;

  /// The core's clock at the start of the run.
  private static final long EPOCH = 1_000 * SECOND;

  private final Conditions conditions;
  private final Workload tasks;
  private final Foresight foresight;
  private final SchedulerCore core;
  private final Site site;
  private final Lives lives;
  private final Journeys journeys;
  private final MeshInstances instances;
  private final int[] attempts;
  private final long[] startedAt;
  private final List<Notice> notices = new ArrayList<>();
  private long now;
  private int open;

  private MeshRun(Conditions conditions, Workload tasks, Foresight foresight, SchedulerCore core) {
    this.conditions = conditions;
    this.tasks = tasks;
    this.foresight = foresight;
    this.core = core;
    this.site = new Site(conditions.fleet(), conditions.faults(), tasks);
    this.lives = new Lives(tasks.size());
    this.journeys = new Journeys((long) (conditions.faults().handoverMs() * NANOS_A_MS));
    this.instances = new MeshInstances(conditions.fleet(), this::tell);
    this.attempts = new int[tasks.size()];
    this.startedAt = new long[tasks.size()];
  }

  /// Runs all tasks to their end.
  ///
  /// @param policy name of one of the scheduler's policies
  /// @param seed of the draws that policies make
  /// @param done told how many tasks have arrived
  /// @throws IllegalArgumentException when there is no such policy
  public static Result run(
      String policy,
      Conditions conditions,
      Workload tasks,
      Foresight foresight,
      long seed,
      IntConsumer done) {
    SchedulerCore core =
        new SchedulerCore(
            PolicyRegistry.discover(conditions.policies()).startingWith(policy),
            limits(conditions, tasks.size()),
            new SplittableRandom(seed));
    MeshRun run = new MeshRun(conditions, tasks, foresight, core);
    run.live(done);
    return new Result(run.lives, run.site.cachedTokens());
  }

  /// Every task is admitted, and what has ended is forgotten soon.
  private static Limits limits(Conditions conditions, int tasks) {
    return new Limits(
        tasks,
        Long.MAX_VALUE,
        1,
        Long.MAX_VALUE,
        SECOND,
        3,
        Long.MAX_VALUE / 4,
        600 * SECOND,
        conditions.fleet().size(),
        tasks,
        Integer.MAX_VALUE,
        16,
        Math.clamp(conditions.fleet().cacheBlocks(), 2, 65_536),
        QueueSettings.DEFAULTS);
  }

  private void live(IntConsumer done) {
    Faults faults = conditions.faults();
    long end = tasks.arrivalNanos(tasks.size() - 1);
    long late = faults.lateReplicas() > 0 ? (long) (faults.lateAt() * end) : Site.NEVER;
    long crash = faults.crashedReplicas() > 0 ? (long) (faults.crashAt() * end) : Site.NEVER;
    long tick = SECOND;
    int submitted = 0;
    register(false);
    while (submitted < tasks.size() || open > 0) {
      long arrival = submitted < tasks.size() ? tasks.arrivalNanos(submitted) : Site.NEVER;
      long inside = Math.min(site.next(), journeys.next());
      now = Math.min(Math.min(inside, arrival), Math.min(Math.min(late, crash), tick));
      if (now == inside) {
        happen();
      } else if (now == arrival) {
        submit(submitted++);
        done.accept(submitted);
      } else if (now == late) {
        late = Site.NEVER;
        register(true);
      } else if (now == crash) {
        crash = Site.NEVER;
        crash();
      } else {
        tick += SECOND;
        tell(new Command.Tick());
      }
      tellNotices();
    }
  }

  private void happen() {
    if (journeys.next() == now) {
      Journeys.Journey journey = journeys.arrive();
      site.give(journey.replica(), journey.task(), now, notices);
    } else {
      site.happen(notices);
    }
  }

  private void submit(int task) {
    open++;
    Estimates estimates = foresight.of(tasks, task);
    tell(
        new Command.Submit(
            Integer.toString(task),
            MODEL,
            traits(task, estimates),
            Payload.NONE,
            estimates,
            0,
            answer -> {
              if (!(answer instanceof Answer.Accepted)) {
                open--;
              }
            }));
  }

  private TaskTraits traits(int task, Estimates estimates) {
    return new TaskTraits(
        Priority.NORMAL,
        conditions.promise().times() * estimates.fastest().mean(),
        Double.NaN,
        Double.POSITIVE_INFINITY,
        "",
        0,
        tasks.inputTokens(task),
        conditions.promise().sheddable(),
        "",
        tasks.blocks(task));
  }

  private void register(boolean late) {
    for (int replica = 0; replica < site.size(); replica++) {
      if (conditions.faults().isLate(replica, site.size()) == late) {
        instances.register(replica);
      }
    }
  }

  private void crash() {
    for (int replica = 0; replica < site.size(); replica++) {
      if (conditions.faults().crashes(replica)) {
        site.restart(replica, now);
        journeys.lose(replica);
        instances.connect(replica);
      }
    }
  }

  private void tellNotices() {
    // The scheduler's answer to one may bring about the next.
    for (int i = 0; i < notices.size(); i++) {
      tell(notices.get(i));
    }
    notices.clear();
  }

  private void tell(Notice notice) {
    int task = notice.task();
    String id = Integer.toString(task);
    String instance = MeshInstances.uuid(notice.replica());
    switch (notice.what()) {
      case STARTED -> {
        lives.started(task, notice.replica(), now);
        startedAt[task] = now;
        tell(new Command.Started(instance, id, attempts[task], ""));
      }
      case FIRST_TOKEN -> lives.answered(task, now);
      case ENDED -> {
        lives.ended(task, now);
        double ms = (now - startedAt[task]) / NANOS_A_MS;
        Outcome outcome = new Outcome.Succeeded(Payload.NONE, ms, "");
        tell(new Command.Ended(instance, id, attempts[task], outcome));
      }
    }
  }

  private void tell(Command command) {
    core.handle(List.of(command), EPOCH + now).effects().forEach(this::carryOut);
    while (core.isUnfinished()) {
      core.handle(List.of(new Command.GoOn()), EPOCH + now).effects().forEach(this::carryOut);
    }
  }

  private void carryOut(Effect effect) {
    switch (effect) {
      case Effect.Reply<?> reply -> reply.send();
      case Effect.Dispatch dispatch -> dispatch(dispatch);
      case Effect.ShowTask show -> {
        if (show.change() == Effect.TaskChange.COMPLETED) {
          open--;
        }
      }
      case Effect.Fault fault -> throw fault.cause();
      default -> {
        // What readers are shown, and what is said to instances, is of no interest here.
      }
    }
  }

  private void dispatch(Effect.Dispatch dispatch) {
    int task = Integer.parseInt(dispatch.task().taskId());
    int replica = MeshInstances.replica(dispatch.instance());
    attempts[task] = dispatch.task().attempt();
    if (conditions.faults().handoverMs() > 0) {
      journeys.begin(replica, task, now);
    } else {
      site.give(replica, task, now, notices);
    }
  }

  /// What became of the tasks.
  ///
  /// @param lives when each started and ended
  /// @param cachedTokens input tokens that no replica had to read
  public record Result(Lives lives, long cachedTokens) {}
}
