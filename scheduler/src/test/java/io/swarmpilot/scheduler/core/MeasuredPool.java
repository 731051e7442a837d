package io.swarmpilot.scheduler.core;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableLongArray;
import io.swarmpilot.scheduler.forecast.ExecutionTime;
import io.swarmpilot.scheduler.policy.Admission;
import io.swarmpilot.scheduler.policy.Policy;
import io.swarmpilot.scheduler.policy.Priority;
import io.swarmpilot.scheduler.queue.QueueSettings;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.random.RandomGenerator;

/// The part of the core that decides, with a fleet and a load of given sizes, for measurements: no
/// events, no effects. Execution times, priorities and objectives are mixed.
///
/// Under late binding every slot is taken and the rest of the tasks waits in the central queue;
/// under early binding all of them are with the instances. Each turn a task ends, another one
/// comes, and one is placed.
public final class MeasuredPool {
  private static final Target[] TARGETS = {
    new Target("A100", "vllm", "1"), new Target("L4", "vllm", "1")
  };
  private static final ImmutableLongArray[] PROMPTS = {
    ImmutableLongArray.of(), ImmutableLongArray.of(1, 2, 3, 4), ImmutableLongArray.of(1, 2, 7, 8)
  };
  private static final long NEVER = Long.MAX_VALUE / 4;
  private static final int IDS = 1 << 18;
  private static final int DECISIONS = 4_096;
  private static final int LOG_MEAN = 6;
  private static final double MEAN_NANOS = Math.exp(LOG_MEAN + 0.5) * 1e6;

  private final ModelPool pool;
  private final CandidateTable candidates = new CandidateTable();
  private final DecisionLog decisions = new DecisionLog(DECISIONS);
  private final Deque<TaskEntry> running = new ArrayDeque<>();
  private final String[] ids = new String[IDS];
  private final ExecutionTime[] times = new ExecutionTime[1_024];
  private final Estimates[] estimates = new Estimates[times.length];
  private final RandomGenerator random;
  private final long stepNanos;
  private long now;
  private long sequence;

  /// Instances that are charged with as many tasks as they can be given.
  ///
  /// @param slots of each instance
  /// @param queued tasks beyond those that run
  public MeasuredPool(Policy policy, int instances, int slots, int queued, RandomGenerator random) {
    this.random = random;
    stepNanos = (long) (MEAN_NANOS / instances / slots);
    pool = new ModelPool("m", policy, limits(instances * slots + queued));
    for (int i = 0; i < ids.length; i++) {
      ids[i] = "task-%08x".formatted(i);
    }
    for (int i = 0; i < times.length; i++) {
      double mean = Math.exp(LOG_MEAN + random.nextGaussian());
      times[i] = ExecutionTime.of(mean, mean / 2);
      estimates[i] = estimates(times[i], ExecutionTime.of(2 * mean, mean));
    }
    for (int i = 0; i < instances; i++) {
      pool.add(instance(i, slots));
    }
    int running = instances * slots + (pool.bindsEarly() ? queued : 0);
    now = (long) running * stepNanos;
    pool.advance(now);
    for (int i = 0; i < running; i++) {
      submit();
      place();
    }
    for (int i = 0; i < queued && !pool.bindsEarly(); i++) {
      pass();
      submit();
    }
  }

  /// Bounds that this many tasks and instances do not reach.
  public static Limits limits(int most) {
    return new Limits(
        2 * most,
        NEVER,
        1_000,
        NEVER,
        NEVER,
        3,
        NEVER,
        NEVER,
        most,
        2 * most,
        2 * most,
        0,
        1_024,
        QueueSettings.DEFAULTS);
  }

  /// A task ends, another one comes, and one is placed.
  ///
  /// @return on which of the candidates
  public int turn() {
    pass();
    submit();
    refund();
    return place();
  }

  /// A task comes and is withdrawn: what a turn takes beyond deciding.
  public void comeAndGo() {
    TaskEntry task = submit();
    pool.drop(task);
  }

  /// Probability to miss an objective, over this many candidates.
  public double missProbability(int count, double withinMs) {
    pass();
    candidates.show(pool, requireNonNull(running.peekFirst()), false, now);
    double sum = 0;
    for (int i = 0; i < Math.min(count, candidates.size()); i++) {
      sum += candidates.missProbability(i, withinMs);
    }
    return sum;
  }

  private void pass() {
    now += stepNanos;
    pool.advance(now);
  }

  private TaskEntry submit() {
    TaskEntry task = task();
    pool.enqueue(task);
    return task;
  }

  private void refund() {
    TaskEntry task = running.removeFirst();
    InstanceEntry instance = requireNonNull(task.instance);
    instance.forecast.remove(requireNonNull(task.assignment));
    instance.forecast.startWaiting(now);
    instance.outstanding.remove(task.id);
    pool.refresh(instance);
  }

  private int place() {
    while (true) {
      TaskEntry task = requireNonNull(pool.next());
      candidates.show(pool, task, pool.policy().needsWholeFleet(), now);
      int index = pool.policy().select(task, candidates, pool, random);
      if (isAdmitted(task, index)) {
        decisions.record(pool, pool.policy(), task, candidates, index);
        charge(task, candidates.instance(index));
        return index;
      }
      task.demoted = true;
      pool.demote(task);
    }
  }

  private boolean isAdmitted(TaskEntry task, int index) {
    if (!task.hasSlo() || task.demoted) {
      return true;
    }
    double missing = candidates.missProbability(index, task.deadlineMs() - pool.nowMs());
    return pool.policy().admit(task, pool, missing) == Admission.ACCEPT;
  }

  private void charge(TaskEntry task, InstanceEntry instance) {
    pool.take(task);
    task.instance = instance;
    task.assignment = instance.forecast.add(task.estimates.on(instance.status.target()).time());
    instance.forecast.startWaiting(now);
    instance.outstanding.put(task.id, task);
    pool.placed(instance, task);
    running.addLast(task);
  }

  private TaskEntry task() {
    int kind = random.nextInt(times.length);
    double mean = times[kind].mean();
    TaskTraits traits =
        new TaskTraits(
            Priority.of(random.nextInt(5)).orElseThrow(),
            random.nextBoolean() ? mean * (2 + random.nextInt(50)) : Double.NaN,
            Double.NaN,
            random.nextInt(5) == 0 ? mean * 1e-6 : Double.POSITIVE_INFINITY,
            ids[random.nextInt(100)],
            100,
            200,
            false,
            "",
            PROMPTS[random.nextInt(PROMPTS.length)]);
    String id = ids[(int) (sequence % IDS)];
    Event.TaskAccepted accepted =
        new Event.TaskAccepted(id, "m", traits, Payload.NONE, estimates[kind], 0, now);
    return new TaskEntry(accepted, sequence++);
  }

  private static Estimates estimates(ExecutionTime fast, ExecutionTime slow) {
    Estimate slowest = new Estimate(slow, "model");
    return new Estimates(
        ImmutableMap.of(TARGETS[0], new Estimate(fast, "model"), TARGETS[1], slowest), slowest);
  }

  private static InstanceEntry instance(int index, int slots) {
    InstanceStatus status =
        new InstanceStatus("m", slots, slots, TARGETS[index % TARGETS.length], false, 1);
    String uuid = "instance-" + index;
    Registration registration =
        new Registration(
            uuid, uuid, "host", index, uuid, "host", index, InstanceKind.MESH, "", "run", status);
    InstanceEntry instance = new InstanceEntry(index, registration);
    instance.connected = true;
    return instance;
  }
}
