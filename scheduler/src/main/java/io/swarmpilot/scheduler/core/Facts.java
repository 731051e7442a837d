package io.swarmpilot.scheduler.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Tells a state as the events that lead to it: what another core has to apply to stand where this
/// one stands. Left out are inputs and results of tasks, tasks that ended, and all that was
/// learned.
final class Facts {
  private final List<Event> fleet = new ArrayList<>();
  private final List<Dated> tasks = new ArrayList<>();

  private Facts() {}

  /// The events, in the order in which they are to be applied.
  static List<Event> of(SchedulerState state) {
    Facts facts = new Facts();
    for (InstanceEntry instance : state.instances()) {
      facts.add(instance);
      instance.outstanding.values().forEach(facts::add);
    }
    for (ModelPool pool : state.pools()) {
      pool.waiting().forEach(facts::add);
    }
    return facts.events();
  }

  private List<Event> events() {
    // Time must not go back; what happened at one moment happened in the order of submission.
    tasks.sort(Comparator.comparingLong(Dated::at).thenComparingLong(Dated::sequence));
    List<Event> events = new ArrayList<>(fleet.size() + tasks.size());
    events.addAll(fleet);
    tasks.forEach(dated -> events.add(dated.event));
    return events;
  }

  private void add(InstanceEntry instance) {
    String uuid = instance.uuid();
    fleet.add(new Event.InstanceRegistered(uuid, instance.registration));
    fleet.add(new Event.InstanceReported(uuid, instance.status));
    if (instance.connected) {
      fleet.add(new Event.InstanceConnected(uuid, instance.incarnation));
    }
    if (instance.draining) {
      fleet.add(new Event.InstanceDraining(uuid));
    }
  }

  private void add(TaskEntry task) {
    long accepted = task.acceptedAt;
    add(
        task,
        accepted,
        new Event.TaskAccepted(
            task.id,
            task.model,
            task.traits,
            Payload.NONE,
            task.estimates,
            task.submitUnix,
            accepted));
    if (task.demoted) {
      add(task, accepted, new Event.TaskDemoted(task.id));
    }
    if (task.instance != null) {
      add(
          task,
          task.placedAt,
          new Event.TaskPlaced(
              task.id,
              task.attempt,
              task.instanceUuid,
              task.strategy,
              task.strategyFallback,
              task.placedAt));
    }
    if (task.instance != null && task.startedAt != TaskEntry.NEVER) {
      add(task, task.startedAt, new Event.TaskStarted(task.id, task.replica, task.startedAt));
    }
    if (task.cancelRequested) {
      add(
          task,
          Math.max(accepted, task.placedAt),
          new Event.TaskCancelRequested(task.id, task.cancelReason));
    }
  }

  private void add(TaskEntry task, long at, Event event) {
    tasks.add(new Dated(at, task.sequence, event));
  }

  /// An event and when it happened.
  private record Dated(long at, long sequence, Event event) {}
}
