package io.swarmpilot.scheduler.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// An instance in virtual time: holds tasks, ends them, remembers outcomes until they are
/// acknowledged, and loses everything when it crashes.
final class SimulatedInstance {
  final String uuid;
  final String model;
  final int slots;
  final int bound;
  final Map<String, HeldTask> held = new LinkedHashMap<>();
  final Map<String, Command.Ended> unacknowledged = new LinkedHashMap<>();

  /// Commands on their way to it, and events on their way to the scheduler.
  final ArrayDeque<Effect> down = new ArrayDeque<>();

  final ArrayDeque<Command> up = new ArrayDeque<>();
  long session;
  int incarnation = 1;
  boolean connected;
  boolean alive = true;

  SimulatedInstance(String uuid, String model, int slots, int bound) {
    this.uuid = uuid;
    this.model = model;
    this.slots = slots;
    this.bound = bound;
  }

  InstanceStatus status() {
    return new InstanceStatus(model, slots, slots, Target.UNKNOWN, false, 0);
  }

  Registration registration(int port) {
    return new Registration(
        uuid,
        "name-" + uuid,
        "host",
        port,
        "10.0.0.1:" + port,
        "10.0.0.1",
        port,
        InstanceKind.MESH,
        "",
        "run-" + incarnation,
        status());
  }

  void connect(long number) {
    session = number;
    connected = true;
    down.clear();
    up.clear();
    up.add(
        new Command.Connected(
            uuid, session, "run-" + incarnation, status(), List.copyOf(held.values())));
    up.addAll(unacknowledged.values());
    heartbeat();
  }

  void heartbeat() {
    up.add(new Command.Heard(uuid, session, status()));
  }

  /// The connection breaks; what was on its way is lost.
  Command disconnect() {
    connected = false;
    down.clear();
    up.clear();
    return new Command.Disconnected(uuid, session, "broken");
  }

  void crash() {
    held.clear();
    unacknowledged.clear();
    incarnation++;
    alive = false;
  }

  void receive() {
    Effect effect = down.poll();
    switch (effect) {
      case Effect.Dispatch dispatch -> take(dispatch.task());
      case Effect.Abort abort -> {
        HeldTask task = held.get(abort.taskId());
        if (task != null && task.attempt() <= abort.attempt()) {
          end(task, new Outcome.Failed(Outcome.FailureKind.CANCELLED, "cancelled", 0, ""));
        }
      }
      case Effect.Acknowledge ack -> unacknowledged.remove(ack.taskId() + ack.attempt());
      case null, default -> {
        // Nothing else travels.
      }
    }
  }

  private void take(TaskSnapshot task) {
    HeldTask mine = held.get(task.taskId());
    if (mine != null && mine.attempt() >= task.attempt()) {
      return;
    }
    if (mine == null && held.size() >= bound) {
      up.add(new Command.Refused(uuid, task.taskId(), task.attempt(), true, "full"));
      return;
    }
    held.put(task.taskId(), new HeldTask(task.taskId(), task.attempt(), false));
  }

  /// Starts or ends a task.
  void work(RandomGenerator random) {
    List<HeldTask> tasks = new ArrayList<>(held.values());
    if (tasks.isEmpty()) {
      return;
    }
    HeldTask task = tasks.get(random.nextInt(Math.min(slots, tasks.size())));
    if (!task.running()) {
      held.put(task.taskId(), new HeldTask(task.taskId(), task.attempt(), true));
      up.add(new Command.Started(uuid, task.taskId(), task.attempt(), "replica-1"));
      return;
    }
    int luck = random.nextInt(20);
    Outcome outcome =
        luck == 0
            ? new Outcome.Failed(Outcome.FailureKind.FINAL, "bad input", 1, "replica-1")
            : luck == 1
                ? new Outcome.Failed(Outcome.FailureKind.LOST, "replica lost", 1, "replica-1")
                : new Outcome.Succeeded(() -> 10, 1, "replica-1");
    end(task, outcome);
  }

  private void end(HeldTask task, Outcome outcome) {
    held.remove(task.taskId());
    Command.Ended ended = new Command.Ended(uuid, task.taskId(), task.attempt(), outcome);
    unacknowledged.put(task.taskId() + task.attempt(), ended);
    up.add(ended);
  }
}
