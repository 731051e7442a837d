package io.swarmpilot.scheduler.core;

import io.swarmpilot.scheduler.forecast.Moments;
import io.swarmpilot.scheduler.forecast.PoolForecast;
import io.swarmpilot.scheduler.policy.Binding;
import io.swarmpilot.scheduler.policy.Policy;
import io.swarmpilot.scheduler.policy.PoolView;
import io.swarmpilot.scheduler.prefix.PrefixIndex;
import io.swarmpilot.scheduler.queue.CentralQueue;
import io.swarmpilot.scheduler.queue.Keys;
import io.swarmpilot.scheduler.queue.QueueEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The instances of one model, the central queue of the tasks that wait for one of them, and the
/// policy that brings the two together.
final class ModelPool implements PoolView {
  static final long SERVED = Long.MAX_VALUE;
  private static final double NANOS_PER_MS = 1e6;
  private static final long RECOUNT_EVERY = 65_536;

  final String model;

  /// In order of registration.
  final List<InstanceEntry> instances = new ArrayList<>();

  /// Those of them that could be given a task now.
  final ReadyInstances ready = new ReadyInstances();

  final PoolForecast forecast = new PoolForecast();
  final QueueWaits waits = new QueueWaits(forecast);
  final Experience experience = new Experience(forecast);

  private final PrefixIndex prefixes;

  /// Ordinal of the instance chosen last.
  long lastChosen = -1;

  /// Since when no instance serves; [#SERVED] while one does.
  long unservedSince = SERVED;

  private final CentralQueue<TaskEntry> waiting;
  private final int mostLookAhead;
  private final Map<Target, Integer> kinds = new HashMap<>();
  private final List<Target> targets = new ArrayList<>();
  private GuardedPolicy policy;
  private long now;
  private int lookAhead;
  private int urgent;
  private int withSlo;
  private int serving;
  private int servingSlots;
  private boolean shownWaiting;
  private double loads;
  private long counts;

  ModelPool(String model, Policy policy, Limits limits) {
    this.model = model;
    this.policy = new GuardedPolicy(policy);
    this.waiting = new CentralQueue<>(limits.queue());
    this.mostLookAhead = limits.mostLookAhead();
    this.prefixes = new PrefixIndex(limits.prefixBlocks());
  }

  GuardedPolicy policy() {
    return policy;
  }

  /// Puts another policy in force: everything that waits is sorted anew.
  void use(Policy other, long at) {
    policy = new GuardedPolicy(other);
    now = at;
    waiting.reorder(new Order());
    waits.reset();
    refreshAll();
  }

  boolean bindsEarly() {
    return policy.binding() == Binding.EARLY;
  }

  /// Tasks an instance is given beyond its slots under late binding.
  int lookAhead() {
    return lookAhead;
  }

  /// Moves the pool's clock; time does not go back.
  void advance(long at) {
    now = at;
  }

  void add(InstanceEntry instance) {
    int at = instances.size();
    while (at > 0 && instances.get(at - 1).ordinal > instance.ordinal) {
      at--;
    }
    instances.add(at, instance);
    refresh(instance);
  }

  void remove(InstanceEntry instance) {
    instances.remove(instance);
    forgetCache(instance);
    count(instance, false);
    setReady(instance, false);
  }

  /// Takes note that an instance has changed.
  void refresh(InstanceEntry instance) {
    instance.kind = kind(instance.status.target());
    instance.lookAhead = bindsEarly() ? 0 : lookAhead;
    count(instance, instance.serves());
    setReady(instance, instance.serves() && instance.hasRoom() && isReady(instance));
    if (instance.ready) {
      ready.put(instance, freeAt(instance));
    }
  }

  void enqueue(TaskEntry task) {
    if (task.priority().isUrgent()) {
      urgent++;
    }
    if (task.hasSlo()) {
      withSlo++;
    }
    if (!bindsEarly()) {
      waits.joins(task, servingSlots, now);
    }
    forecast.add(task.executionTime());
    waiting.add(
        task.place,
        policy.band(task),
        policy.flow(task),
        policy.order(task, this),
        policy.orderClass(task),
        task.executionTime().mean(),
        task.arrivalMs());
    if (task.demoted) {
      waiting.demote(task.place);
    }
  }

  /// Takes a task from the queue whose turn it was.
  void take(TaskEntry task) {
    if (waiting.contains(task.place)) {
      waiting.take(task.place);
      discount(task);
    }
  }

  /// Takes a task from the queue that ends there.
  void drop(TaskEntry task) {
    if (waiting.contains(task.place)) {
      waiting.remove(task.place);
      discount(task);
    }
  }

  void demote(TaskEntry task) {
    waiting.demote(task.place);
  }

  /// The task whose turn it is.
  @Nullable TaskEntry next() {
    QueueEntry<TaskEntry> entry = waiting.next(nowMs(), task -> policy.urgency(task, this));
    return entry == null ? null : entry.task();
  }

  @Nullable TaskEntry oldest() {
    QueueEntry<TaskEntry> entry = waiting.oldest();
    return entry == null ? null : entry.task();
  }

  /// The tasks that wait, in order of arrival.
  List<TaskEntry> waiting() {
    List<TaskEntry> tasks = new ArrayList<>(waiting.size());
    waiting.forEach(tasks::add);
    return tasks;
  }

  boolean isUnused() {
    return instances.isEmpty() && waiting.isEmpty();
  }

  /// Expected time until a task submitted now would start if none overtook another, ms.
  double waitMean(long at) {
    return forecast.waitMean(servingSlots, at);
  }

  /// What waits, for readers; empty when they have seen before that nothing does.
  Optional<PoolSnapshot> changes(long at) {
    if (waiting.isEmpty() && !shownWaiting) {
      return Optional.empty();
    }
    shownWaiting = !waiting.isEmpty();
    TaskEntry first = oldest();
    return Optional.of(
        new PoolSnapshot(
            model,
            waiting.size(),
            first == null ? at : first.acceptedAt,
            waiting.isEmpty() ? Moments.ZERO : waits.ofNewTask(servingSlots, at),
            servingSlots,
            at));
  }

  /// Instances that serve.
  int serving() {
    return serving;
  }

  /// Adapts to how long hand-overs take.
  void adaptLookAhead() {
    int wanted = experience.lookAhead(mostLookAhead);
    if (wanted != lookAhead) {
      lookAhead = wanted;
      refreshAll();
    }
  }

  int cachedBlocks(InstanceEntry instance, TaskEntry task) {
    return prefixes.leadingHits(instance.ordinal, task.prefix());
  }

  /// Notes that an instance was given a task.
  void placed(InstanceEntry instance, TaskEntry task) {
    lastChosen = instance.ordinal;
    instance.willRead(task, cachedBlocks(instance, task), nowMs());
    prefixes.sent(instance.ordinal, task.prefix());
    refresh(instance);
  }

  /// Forgets what an instance has cached: it is a new process, or gone.
  void forgetCache(InstanceEntry instance) {
    prefixes.forget(instance.ordinal);
  }

  @Override
  public double nowMs() {
    return now / NANOS_PER_MS;
  }

  @Override
  public int queued() {
    return waiting.size();
  }

  @Override
  public int queuedUrgent() {
    return urgent;
  }

  @Override
  public int queuedWithSlo() {
    return withSlo;
  }

  @Override
  public int slots() {
    return servingSlots;
  }

  @Override
  public double load() {
    return serving == 0 ? 0 : Math.clamp(loads / serving, 0, 1);
  }

  /// How many kinds of instance are numbered.
  int kinds() {
    return targets.size();
  }

  /// The kind of a number.
  Target target(int kind) {
    return targets.get(kind);
  }

  @Override
  public double predictorSkill() {
    return experience.predictorSkill();
  }

  private boolean isReady(InstanceEntry instance) {
    return bindsEarly() || instance.credit(lookAhead) > 0;
  }

  private double freeAt(InstanceEntry instance) {
    double wait = instance.forecast.waitMean(now);
    return wait == 0 ? Double.NEGATIVE_INFINITY : nowMs() + wait;
  }

  private void refreshAll() {
    instances.forEach(this::refresh);
  }

  /// Number of a kind of instance. Kinds that are gone are forgotten once there are many.
  private int kind(Target target) {
    if (!kinds.containsKey(target) && kinds.size() > 2 * instances.size() + 16) {
      kinds.clear();
      targets.clear();
      for (InstanceEntry instance : instances) {
        instance.kind = number(instance.status.target());
        if (instance.ready) {
          ready.put(instance, freeAt(instance));
        }
      }
    }
    return number(target);
  }

  private int number(Target target) {
    Integer known = kinds.get(target);
    if (known != null) {
      return known;
    }
    kinds.put(target, targets.size());
    targets.add(target);
    return targets.size() - 1;
  }

  private void setReady(InstanceEntry instance, boolean is) {
    if (instance.ready != is) {
      instance.ready = is;
      if (!is) {
        ready.remove(instance);
      }
    }
  }

  private void count(InstanceEntry instance, boolean serves) {
    if (instance.counted) {
      serving--;
      servingSlots -= instance.countedSlots;
      loads -= instance.countedLoad;
    }
    instance.counted = serves;
    instance.countedSlots = instance.slots();
    if (serves) {
      serving++;
      servingSlots += instance.countedSlots;
      instance.countedLoad = instance.load(this);
      loads += instance.countedLoad;
    } else if (serving == 0) {
      loads = 0;
    }
    if (++counts % RECOUNT_EVERY == 0) {
      recount();
    }
    if (serving > 0) {
      unservedSince = SERVED;
    } else if (unservedSince == SERVED) {
      unservedSince = now;
    }
  }

  /// Sums kept by adding and subtracting drift.
  private void recount() {
    loads = 0;
    for (InstanceEntry instance : instances) {
      loads += instance.counted ? instance.countedLoad : 0;
    }
  }

  private void discount(TaskEntry task) {
    forecast.remove(task.executionTime());
    if (task.priority().isUrgent()) {
      urgent--;
    }
    if (task.hasSlo()) {
      withSlo--;
    }
  }

  /// The order of the policy in force.
  private final class Order implements Keys<TaskEntry> {
    @Override
    public int band(TaskEntry task) {
      return policy.band(task);
    }

    @Override
    public String user(TaskEntry task) {
      return policy.flow(task);
    }

    @Override
    public double key(TaskEntry task) {
      return policy.order(task, ModelPool.this);
    }

    @Override
    public int orderClass(TaskEntry task) {
      return policy.orderClass(task);
    }
  }
}
