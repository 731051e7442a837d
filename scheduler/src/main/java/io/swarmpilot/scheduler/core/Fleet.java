package io.swarmpilot.scheduler.core;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Adds and removes instances, and keeps what is held where in agreement when they come and go.
final class Fleet {
  private final Settlement settlement;
  private final Limits limits;

  Fleet(Settlement settlement, Limits limits) {
    this.settlement = settlement;
    this.limits = limits;
  }

  void register(Transition step, Command.Register command) {
    Optional<InstanceEntry> known = find(step.state, command.registration());
    Registration given =
        known
            .map(instance -> keepLink(instance, command.registration()))
            .orElse(command.registration());
    if (known.isEmpty() && step.state.instances().size() >= limits.maxInstances()) {
      step.reply(command.reply(), new Answer.Registered("", "Too many TaskInstances registered"));
      return;
    }
    String uuid = known.map(InstanceEntry::uuid).orElse(given.uuid());
    boolean linked = known.isPresent() && sameLink(known.get().registration, given);
    step.raise(new Event.InstanceRegistered(uuid, given));
    InstanceEntry instance = step.state.findInstance(uuid).orElseThrow();
    step.touch(instance);
    if (!linked) {
      instance.connection.waitingSince = step.now;
      step.effect(new Effect.OpenLink(instance.snapshot(step.now)));
    }
    if (instance.connected) {
      step.reply(command.reply(), new Answer.Registered(uuid, ""));
      settlement.placeWaiting(step, instance.model());
    } else {
      instance.connection.waitingSince = step.now;
      instance.connection.waiters.add(command.reply());
    }
  }

  void remove(Transition step, Command.Remove command) {
    Optional<InstanceEntry> found =
        step.state.findInstance(command.key()).or(() -> step.state.findInstanceAt(command.key()));
    found.ifPresent(instance -> drain(step, instance));
    step.reply(command.reply(), new Answer.Removed(found.map(i -> i.snapshot(step.now))));
  }

  void connected(Transition step, Command.Connected command) {
    InstanceEntry instance = step.state.findInstance(command.instance()).orElse(null);
    if (instance == null || command.session() < instance.connection.session) {
      return;
    }
    boolean restarted = !command.incarnation().equals(instance.incarnation);
    InstanceEntry.Connection connection = instance.connection;
    connection.session = command.session();
    connection.lastHeard = step.now;
    connection.room = InstanceEntry.Connection.UNLIMITED;
    connection.everConnected = true;
    connection.missing.clear();
    report(step, instance, command.status());
    step.raise(new Event.InstanceConnected(instance.uuid(), command.incarnation()));
    step.touch(instance);
    if (instance.registration.kind() == InstanceKind.MESH) {
      reconcile(step, instance, command.held(), restarted);
    }
    answerWaiters(step, instance, new Answer.Registered(instance.uuid(), ""));
    settlement.placeWaiting(step, instance.model());
  }

  void disconnected(Transition step, Command.Disconnected command) {
    InstanceEntry instance = step.state.findInstance(command.instance()).orElse(null);
    if (instance == null || command.session() < instance.connection.session) {
      return;
    }
    instance.connection.session = command.session();
    instance.connection.load = EngineLoad.UNTOLD;
    if (instance.connected) {
      step.raise(new Event.InstanceDisconnected(instance.uuid(), command.reason()));
      step.touch(instance);
    }
    giveUpUnlessKnown(step, instance, command.reason());
  }

  void heard(Transition step, Command.Heard command) {
    InstanceEntry instance = step.state.findInstance(command.instance()).orElse(null);
    if (instance == null
        || !instance.connected
        || command.session() != instance.connection.session) {
      return;
    }
    instance.connection.lastHeard = step.now;
    if (!command.load().equals(instance.connection.load)) {
      instance.connection.load = command.load();
      step.touch(instance);
    }
    if (report(step, instance, command.status())) {
      settlement.placeWaiting(step, instance.model());
    }
    // Outcomes of tasks it had ended were sent before its first heartbeat: the others are gone.
    List<String> missing = List.copyOf(instance.connection.missing);
    instance.connection.missing.clear();
    for (String id : missing) {
      step.state
          .findTask(id)
          .filter(task -> task.isAt(instance.uuid()))
          .ifPresent(task -> settlement.lose(step, task, "its instance does not hold it"));
    }
  }

  /// Takes a registered instance that was never reached out again; answers who waits for it.
  void giveUpUnlessKnown(Transition step, InstanceEntry instance, String reason) {
    if (instance.connection.waiters.isEmpty()) {
      return;
    }
    answerWaiters(step, instance, new Answer.Registered("", "Health check failed: " + reason));
    if (!instance.connection.everConnected && instance.outstanding.isEmpty()) {
      step.raise(new Event.InstanceRemoved(instance.uuid()));
      step.effect(new Effect.CloseLink(instance.uuid()));
      step.touch(instance);
    }
  }

  private static Optional<InstanceEntry> find(SchedulerState state, Registration given) {
    return Stream.of(given.directAddress(), given.address(), given.registeredAddress())
        .flatMap(address -> state.findInstanceAt(address).stream())
        .findFirst()
        .or(() -> findByIncarnation(state, given.incarnation()));
  }

  private static Optional<InstanceEntry> findByIncarnation(
      SchedulerState state, String incarnation) {
    return incarnation.isEmpty()
        ? Optional.empty()
        : state.instances().stream()
            .filter(instance -> instance.registration.incarnation().equals(incarnation))
            .findFirst();
  }

  /// A connected instance that is registered once more by another of its ports keeps its link.
  private static Registration keepLink(InstanceEntry known, Registration given) {
    boolean same =
        known.connected
            && !given.incarnation().isEmpty()
            && given.incarnation().equals(known.incarnation);
    return same
        ? given.withLink(known.registration.directHost(), known.registration.directPort())
        : given;
  }

  private static boolean sameLink(Registration known, Registration given) {
    return known.kind() == given.kind() && known.directAddress().equals(given.directAddress());
  }

  private static void drain(Transition step, InstanceEntry instance) {
    step.raise(new Event.InstanceDraining(instance.uuid()));
    step.touch(instance);
    if (instance.outstanding.isEmpty()) {
      answerWaiters(step, instance, new Answer.Registered("", "TaskInstance was removed"));
      step.raise(new Event.InstanceRemoved(instance.uuid()));
      step.effect(new Effect.CloseLink(instance.uuid()));
    }
  }

  private static boolean report(Transition step, InstanceEntry instance, InstanceStatus status) {
    if (status.equals(instance.status)) {
      return false;
    }
    step.raise(new Event.InstanceReported(instance.uuid(), status));
    step.touch(instance);
    return true;
  }

  private static void answerWaiters(
      Transition step, InstanceEntry instance, Answer.Registered answer) {
    instance.connection.waiters.forEach(waiter -> step.reply(waiter, answer));
    instance.connection.waiters.clear();
  }

  private void reconcile(
      Transition step, InstanceEntry instance, List<HeldTask> held, boolean restarted) {
    Map<String, HeldTask> byId = new HashMap<>();
    for (HeldTask task : held) {
      byId.put(task.taskId(), task);
    }
    for (TaskEntry task : List.copyOf(instance.outstanding.values())) {
      HeldTask mine = byId.get(task.id);
      if (mine != null && mine.attempt() == task.attempt) {
        keep(step, instance, task, mine);
      } else if (restarted) {
        settlement.lose(step, task, "its instance restarted");
      } else {
        instance.connection.missing.add(task.id);
      }
    }
    for (HeldTask task : held) {
      boolean wanted =
          step.state
              .findTask(task.taskId())
              .filter(entry -> entry.isAt(instance.uuid(), task.attempt()))
              .isPresent();
      if (!wanted) {
        step.effect(new Effect.Abort(instance.uuid(), task.taskId(), task.attempt()));
      }
    }
  }

  private static void keep(Transition step, InstanceEntry instance, TaskEntry task, HeldTask held) {
    if (held.running() && task.startedAt == TaskEntry.NEVER) {
      Reports.start(step, task, "");
    }
    if (task.cancelRequested) {
      step.effect(new Effect.Abort(instance.uuid(), task.id, task.attempt));
    }
  }
}
