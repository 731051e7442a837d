package io.swarmpilot.scheduler.core;

import io.swarmpilot.scheduler.core.TaskSnapshot.Prediction;
import io.swarmpilot.scheduler.policy.PolicyRegistry;
import io.swarmpilot.scheduler.queue.UserQuota;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// All scheduling state, and the only way it changes: [#apply(Event)].
final class SchedulerState {
  private final PolicyRegistry policies;
  private final Limits limits;
  private final Map<String, InstanceEntry> instances = new LinkedHashMap<>();
  private final Map<String, InstanceEntry> byAddress = new HashMap<>();
  private final Map<String, ModelPool> pools = new HashMap<>();
  private final Map<String, TaskEntry> tasks = new HashMap<>();
  private final ArrayDeque<TaskEntry> completed = new ArrayDeque<>();
  private String strategy;
  private PredictMode mode = PredictMode.DEFAULT;
  private final Expiry expiry = new Expiry();
  private final UserQuota users;
  private long nextOrdinal;
  private long nextSequence;
  private long liveBytes;
  private long resultBytes;

  SchedulerState(PolicyRegistry policies, Limits limits) {
    this.policies = policies;
    this.limits = limits;
    this.users = new UserQuota(limits.maxPerUser());
    this.strategy = policies.initial();
  }

  void apply(Event event) {
    switch (event) {
      case Event.StrategyChanged changed -> useStrategy(changed);
      case Event.PredictModeChanged changed -> mode = changed.mode();
      case Event.InstanceRegistered registered -> register(registered);
      case Event.InstanceConnected connected -> {
        InstanceEntry instance = instance(connected.uuid());
        if (!instance.incarnation.equals(connected.incarnation())) {
          poolOf(instance.model()).forgetCache(instance);
          instance.readingUntilMs = 0;
        }
        instance.connected = true;
        instance.incarnation = connected.incarnation();
        refresh(instance);
      }
      case Event.InstanceReported reported -> report(reported);
      case Event.InstanceDisconnected lost -> {
        instance(lost.uuid()).connected = false;
        refresh(instance(lost.uuid()));
      }
      case Event.InstanceDraining draining -> {
        instance(draining.uuid()).draining = true;
        refresh(instance(draining.uuid()));
      }
      case Event.InstanceRemoved removed -> remove(instance(removed.uuid()));
      case Event.TaskAccepted accepted -> accept(accepted);
      case Event.TaskPlaced placed -> place(placed);
      case Event.TaskDemoted demoted -> demote(task(demoted.taskId()));
      case Event.TaskStarted started -> start(started);
      case Event.TaskReleased released -> release(released);
      case Event.TaskCancelRequested request -> {
        task(request.taskId()).cancelRequested = true;
        task(request.taskId()).cancelReason = request.reason();
      }
      case Event.TaskCompleted ended -> complete(ended);
      case Event.CompletedForgotten forgotten -> forget(forgotten.count());
    }
  }

  /// Canonical name of the strategy in force.
  String strategy() {
    return strategy;
  }

  PredictMode mode() {
    return mode;
  }

  Collection<InstanceEntry> instances() {
    return instances.values();
  }

  Optional<InstanceEntry> findInstance(String uuid) {
    return Optional.ofNullable(instances.get(uuid));
  }

  Optional<InstanceEntry> findInstanceAt(String address) {
    return Optional.ofNullable(byAddress.get(address));
  }

  Optional<TaskEntry> findTask(String id) {
    return Optional.ofNullable(tasks.get(id));
  }

  Optional<ModelPool> pool(String model) {
    return Optional.ofNullable(pools.get(model));
  }

  Collection<ModelPool> pools() {
    return pools.values();
  }

  /// Completed tasks that are still kept, oldest first.
  ArrayDeque<TaskEntry> completed() {
    return completed;
  }

  /// The tasks that are given up at some time.
  Expiry expiry() {
    return expiry;
  }

  /// Live tasks of a user who is named.
  int liveOf(String user) {
    return users.held(user);
  }

  /// Tasks accepted and not yet completed.
  int liveTasks() {
    return tasks.size() - completed.size();
  }

  /// Bytes of their inputs.
  long liveBytes() {
    return liveBytes;
  }

  /// Bytes of the results kept.
  long resultBytes() {
    return resultBytes;
  }

  private InstanceEntry instance(String uuid) {
    return Objects.requireNonNull(instances.get(uuid), "instance");
  }

  private TaskEntry task(String id) {
    return Objects.requireNonNull(tasks.get(id), "task");
  }

  /// Takes note that an instance has changed in a way that decides whether it can be given tasks.
  void refresh(InstanceEntry instance) {
    ModelPool pool = pools.get(instance.model());
    if (pool != null) {
      pool.refresh(instance);
    }
  }

  private void useStrategy(Event.StrategyChanged event) {
    strategy = event.name();
    for (ModelPool pool : pools.values()) {
      pool.use(policies.create(strategy), event.at());
    }
  }

  private void register(Event.InstanceRegistered event) {
    Registration given = event.registration();
    InstanceEntry known = instances.get(event.uuid());
    if (known == null) {
      known = new InstanceEntry(nextOrdinal++, given);
      instances.put(event.uuid(), known);
      join(known);
    } else {
      known.draining = false;
      String model = known.model();
      known.registration = merge(known.registration, given);
      rejoin(known, model);
      refresh(known);
    }
    index(known, given);
  }

  /// Later registrations may bring another name, direct address or declared model; the address as
  /// first registered stays the one that is shown.
  private static Registration merge(Registration known, Registration given) {
    return new Registration(
        known.uuid(),
        given.name(),
        known.host(),
        known.port(),
        known.address(),
        given.directHost(),
        given.directPort(),
        given.kind(),
        given.declaredModel().isEmpty() ? known.declaredModel() : given.declaredModel(),
        given.incarnation(),
        given.status());
  }

  private void index(InstanceEntry instance, Registration given) {
    Stream.of(given.registeredAddress(), given.address(), given.directAddress())
        .forEach(address -> byAddress.put(address, instance));
  }

  private void report(Event.InstanceReported event) {
    InstanceEntry instance = instance(event.uuid());
    String model = instance.model();
    instance.status = event.status();
    instance.forecast.slots(instance.slots());
    rejoin(instance, model);
    refresh(instance);
  }

  private void rejoin(InstanceEntry instance, String formerModel) {
    if (!instance.model().equals(formerModel)) {
      leave(instance, formerModel);
      join(instance);
    }
  }

  private void join(InstanceEntry instance) {
    poolOf(instance.model()).add(instance);
  }

  private void leave(InstanceEntry instance, String model) {
    ModelPool pool = poolOf(model);
    pool.remove(instance);
    prune(model, pool);
  }

  private void remove(InstanceEntry instance) {
    instances.remove(instance.uuid());
    byAddress.values().removeIf(entry -> entry == instance);
    leave(instance, instance.model());
  }

  private ModelPool poolOf(String model) {
    return pools.computeIfAbsent(
        model, name -> new ModelPool(name, policies.create(strategy), limits));
  }

  private void prune(String model, ModelPool pool) {
    if (pool.isUnused()) {
      pools.remove(model);
    }
  }

  private void accept(Event.TaskAccepted event) {
    TaskEntry task = new TaskEntry(event, nextSequence++);
    tasks.put(task.id, task);
    liveBytes += task.payload.bytes();
    expiry.add(task);
    if (!task.traits.user().isEmpty()) {
      boolean _ = users.tryAcquire(task.traits.user());
    }
    enqueue(task, event.at());
  }

  private void enqueue(TaskEntry task, long at) {
    ModelPool pool = poolOf(task.model);
    pool.advance(at);
    pool.enqueue(task);
  }

  private void place(Event.TaskPlaced event) {
    TaskEntry task = task(event.taskId());
    InstanceEntry instance = instance(event.instance());
    ModelPool pool = poolOf(task.model);
    pool.advance(event.at());
    pool.take(task);
    Estimate estimate = task.estimates.on(instance.status.target());
    task.status = TaskStatus.SCHEDULED;
    task.attempt = event.attempt();
    task.instance = instance;
    task.instanceUuid = instance.uuid();
    task.strategy = event.strategy();
    task.strategyFallback = event.fallback();
    task.placedAt = event.at();
    task.prediction =
        new Prediction(
            estimate.time().mean(),
            estimate.time().error(),
            estimate.method(),
            estimate.fallback());
    task.onFreeSlot = instance.outstanding.size() < instance.slots();
    task.assignment = instance.forecast.add(estimate.time());
    instance.outstanding.put(task.id, task);
    pool.placed(instance, task);
    if (task.onFreeSlot) {
      busy(task, event.at());
    }
  }

  private void busy(TaskEntry task, long at) {
    if (task.busySince == TaskEntry.NEVER) {
      task.busySince = at;
      poolOf(task.model).forecast.addBusy(task.executionTime(), at);
    }
  }

  private void demote(TaskEntry task) {
    task.demoted = true;
    poolOf(task.model).demote(task);
  }

  private void start(Event.TaskStarted event) {
    TaskEntry task = task(event.taskId());
    task.startedAt = event.at();
    task.replica = event.replica();
    if (task.instance != null && task.assignment != null) {
      task.instance.forecast.start(task.assignment, event.at());
      busy(task, event.at());
      poolOf(task.model).experience.started(task, event.at());
      poolOf(task.model).waits.started(task, event.at());
    }
  }

  private void release(Event.TaskReleased event) {
    TaskEntry task = task(event.taskId());
    refund(task);
    task.status = TaskStatus.QUEUED;
    task.instanceUuid = "";
    task.startedAt = TaskEntry.NEVER;
    task.replica = "";
    task.queuedAt = event.at();
    if (event.lost()) {
      task.losses.add("attempt " + task.attempt + ": " + event.reason());
    }
    enqueue(task, event.at());
  }

  private void complete(Event.TaskCompleted event) {
    TaskEntry task = task(event.taskId());
    InstanceEntry instance = task.instance;
    if (instance != null) {
      if (event.outcome() instanceof Outcome.Succeeded) {
        instance.completed++;
      } else {
        instance.failed++;
      }
    }
    ModelPool pool = poolOf(task.model);
    pool.advance(event.at());
    if (instance != null && event.outcome() instanceof Outcome.Succeeded succeeded) {
      pool.experience.succeeded(task, instance, succeeded.executionMs(), event.at());
    }
    refund(task);
    pool.drop(task);
    prune(task.model, pool);
    liveBytes -= task.payload.bytes();
    expiry.remove(task);
    users.release(task.traits.user());
    task.payload = Payload.NONE;
    task.estimates = Estimates.NONE;
    task.status = TaskStatus.COMPLETED;
    task.outcome = event.outcome();
    task.completedAt = event.at();
    resultBytes += task.resultBytes();
    completed.addLast(task);
  }

  private void refund(TaskEntry task) {
    InstanceEntry instance = task.instance;
    if (instance != null && task.assignment != null) {
      instance.forecast.remove(task.assignment);
      if (task.busySince != TaskEntry.NEVER) {
        poolOf(task.model).forecast.removeBusy(task.executionTime(), task.busySince);
        task.busySince = TaskEntry.NEVER;
      }
      instance.outstanding.remove(task.id);
      refresh(instance);
      task.instance = null;
      task.assignment = null;
    }
  }

  private void forget(int count) {
    for (int i = 0; i < count; i++) {
      TaskEntry task = completed.removeFirst();
      tasks.remove(task.id);
      resultBytes -= task.resultBytes();
    }
  }

  /// Every task that is known, in no order.
  List<TaskEntry> tasks() {
    return new ArrayList<>(tasks.values());
  }
}
