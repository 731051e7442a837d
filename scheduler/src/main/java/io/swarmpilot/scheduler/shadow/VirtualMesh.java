package io.swarmpilot.scheduler.shadow;

import io.swarmpilot.scheduler.core.Answer;
import io.swarmpilot.scheduler.core.Command;
import io.swarmpilot.scheduler.core.Effect;
import io.swarmpilot.scheduler.core.Event;
import io.swarmpilot.scheduler.core.Outcome;
import io.swarmpilot.scheduler.core.Payload;
import io.swarmpilot.scheduler.core.SchedulerCore;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The production core at work on instances that are only thought of, in virtual time.
///
/// Virtual time follows the live mesh's as closely as can be known. A task occupies its slot for as
/// long as it really did; so time stands still before the first end that is still open, which is no
/// earlier than the task has executed for by now. What stands still for too long goes on with the
/// predicted time.
final class VirtualMesh {
  private static final double NANOS_A_MS = 1e6;
  private static final long TICK = 250_000_000L;

  /// Most events that wait for virtual time: beyond, it goes on with predicted times.
  private static final int MOST_WAITING = 200_000;

  private final SchedulerCore core;
  private final LiveMesh live;
  private final long longestLag;
  private final Consumer<Trial> ended;
  private final Agenda agenda = new Agenda();
  private final ArrayDeque<Input> inputs = new ArrayDeque<>();
  private final Map<String, VirtualInstance> instances = new HashMap<>();
  private final Map<String, Trial> trials = new HashMap<>();
  private final ArrayDeque<Command> untold = new ArrayDeque<>();
  private long sessions;
  private long now;
  private long known;
  private long nextTick;
  private int faults;
  private boolean telling;

  /// @param core a core that knows nothing yet
  /// @param live what is known of the live mesh
  /// @param longestLag how far virtual time may stay behind for want of an execution time, ns
  /// @param ended told of each task that ends here
  VirtualMesh(SchedulerCore core, LiveMesh live, long longestLag, Consumer<Trial> ended) {
    this.core = core;
    this.live = live;
    this.longestLag = longestLag;
    this.ended = ended;
  }

  /// Stands where the live mesh stands.
  void begin(List<Event> facts, long at) {
    now = at;
    known = at;
    nextTick = at;
    Map<String, Run> runs = new HashMap<>();
    for (Event event : facts) {
      core.apply(event);
      mirror(event, runs);
    }
    for (VirtualInstance instance : List.copyOf(instances.values())) {
      resume(instance);
    }
  }

  /// Takes note of an event of the live mesh that matters here as well.
  void see(Event event, @Nullable LiveTask task, long at) {
    inputs.add(new Input(at, event, task));
  }

  /// Goes on to what is known up to a moment of live time, but does no more than so many steps.
  ///
  /// @return whether there are more
  boolean advance(long liveNow, int steps) {
    known = liveNow;
    for (int i = 0; i < steps; i++) {
      long inside = agenda.next();
      long outside = inputs.isEmpty() ? Long.MAX_VALUE : inputs.element().at;
      long next = Math.min(nextTick, Math.min(inside, outside));
      if (next > known) {
        now = Math.max(now, known);
        return false;
      }
      if (next == inside) {
        if (!happen(next)) {
          return false;
        }
      } else {
        now = Math.max(now, next);
        if (next == outside) {
          take(inputs.remove());
        } else {
          tick();
        }
      }
    }
    return true;
  }

  /// How far it is behind, ns.
  long lag() {
    return known - now;
  }

  /// Commands that the core failed on.
  int faults() {
    return faults;
  }

  private void mirror(Event event, Map<String, Run> runs) {
    switch (event) {
      case Event.InstanceRegistered registered -> add(registered);
      case Event.InstanceReported reported ->
          find(reported.uuid()).ifPresent(instance -> instance.reports(reported.status()));
      case Event.InstanceConnected connected ->
          find(connected.uuid())
              .ifPresent(instance -> instance.connect(++sessions, connected.incarnation()));
      case Event.TaskAccepted accepted -> {
        LiveTask task = Objects.requireNonNull(live.find(accepted.taskId()), "task");
        trials.put(task.id(), new Trial(task));
      }
      case Event.TaskPlaced placed -> place(placed, runs);
      case Event.TaskStarted started -> {
        Run run = Objects.requireNonNull(runs.get(started.taskId()), "run");
        run.at.start(run, started.at());
        noteStart(run);
      }
      default -> {
        // The core has applied it; nothing of it is seen on the instances.
      }
    }
  }

  private void place(Event.TaskPlaced placed, Map<String, Run> runs) {
    LiveTask task = Objects.requireNonNull(live.find(placed.taskId()), "task");
    VirtualInstance at = Objects.requireNonNull(instances.get(placed.instance()), "instance");
    Run run = new Run(task, placed.attempt(), at);
    at.hold(run);
    runs.put(task.id(), run);
  }

  /// Goes on with what an instance holds, and says so to the core.
  private void resume(VirtualInstance instance) {
    for (Run run : instance.runs()) {
      if (run.isRunning()) {
        agenda.add(Math.max(now, run.leastEnd(known)), run);
      } else {
        instance.enqueue(run);
      }
    }
    if (instance.isConnected()) {
      tellConnected(instance);
      startWaiting(instance);
    }
  }

  private void take(Input input) {
    switch (input.event) {
      case Event.TaskAccepted accepted -> submit(accepted, Objects.requireNonNull(input.task));
      case Event.TaskCancelRequested request -> cancel(request.taskId());
      case Event.TaskCompleted completed -> cancel(completed.taskId());
      case Event.InstanceRegistered registered -> {
        add(registered);
        tell(
            new Command.Register(registered.registration().named(registered.uuid()), answer -> {}));
      }
      case Event.InstanceReported reported ->
          find(reported.uuid()).ifPresent(instance -> report(instance, reported));
      case Event.InstanceConnected connected ->
          find(connected.uuid()).ifPresent(instance -> connect(instance, connected));
      case Event.InstanceDisconnected lost ->
          find(lost.uuid()).ifPresent(instance -> disconnect(instance, lost));
      case Event.InstanceDraining draining -> remove(draining.uuid());
      case Event.InstanceRemoved removed -> remove(removed.uuid());
      default -> {
        // What the live scheduler decided is none of this one's decisions.
      }
    }
  }

  private void submit(Event.TaskAccepted accepted, LiveTask task) {
    trials.put(task.id(), new Trial(task));
    tell(
        new Command.Submit(
            task.id(),
            task.model(),
            task.traits(),
            Payload.NONE,
            task.estimates(),
            accepted.submitUnix(),
            answer -> {
              if (!(answer instanceof Answer.Accepted)) {
                end(task.id(), false);
              }
            }));
  }

  private void report(VirtualInstance instance, Event.InstanceReported reported) {
    instance.reports(reported.status());
    tell(new Command.Heard(instance.uuid(), instance.session(), instance.status()));
    startWaiting(instance);
  }

  private void connect(VirtualInstance instance, Event.InstanceConnected connected) {
    instance.connect(++sessions, connected.incarnation());
    tellConnected(instance);
    instance.heardNow().forEach(run -> agenda.add(now, run));
    startWaiting(instance);
  }

  private void disconnect(VirtualInstance instance, Event.InstanceDisconnected lost) {
    instance.disconnect();
    tell(new Command.Disconnected(instance.uuid(), instance.session(), lost.reason()));
  }

  private void cancel(String taskId) {
    tell(new Command.Cancel(taskId, answer -> {}));
  }

  private void remove(String uuid) {
    tell(new Command.Remove(uuid, answer -> {}));
  }

  /// Lets the next thing happen; false when it cannot be known yet whether it does.
  private boolean happen(long at) {
    Run run = agenda.take();
    if (!run.at.isConnected()) {
      run.at.happensUnheard(run);
    } else if (!run.isRunning()) {
      now = Math.max(now, at);
      run.at.enqueue(run);
      startWaiting(run.at);
    } else {
      return runsOn(run, at);
    }
    return true;
  }

  private boolean runsOn(Run run, long at) {
    boolean open = run.task.ending() == LiveTask.Ending.OPEN;
    run.assumed =
        !run.task.isMeasured()
            && (!open || known - at > longestLag || inputs.size() > MOST_WAITING);
    long end = run.assumed ? run.expectedEnd(known) : run.leastEnd(known);
    if (end > at) {
      agenda.add(end, run);
      return true;
    }
    if (!run.task.isMeasured() && !run.assumed) {
      agenda.add(at, run);
      return false;
    }
    now = Math.max(now, at);
    finish(run);
    return true;
  }

  private void finish(Run run) {
    Trial trial = trials.get(run.task.id());
    if (trial != null) {
      trial.assumed = run.assumed;
    }
    run.at.release(run);
    Outcome outcome = run.task.outcomeOn(run.at.target());
    tell(new Command.Ended(run.at.uuid(), run.task.id(), run.attempt, outcome));
    startWaiting(run.at);
  }

  /// Starts what waits on an instance, as far as slots are free.
  private void startWaiting(VirtualInstance instance) {
    for (Run run = instance.next(now); run != null; run = instance.next(now)) {
      noteStart(run);
      agenda.add(Math.max(now, run.leastEnd(known)), run);
      if (instance.tellsStarts()) {
        tell(new Command.Started(instance.uuid(), run.task.id(), run.attempt, ""));
      }
    }
  }

  private void noteStart(Run run) {
    Trial trial = trials.get(run.task.id());
    if (trial != null) {
      trial.startedAt = run.startedAt;
    }
  }

  private void tick() {
    nextTick += TICK;
    for (VirtualInstance instance : instances.values()) {
      if (instance.isConnected()) {
        untold.add(new Command.Heard(instance.uuid(), instance.session(), instance.status()));
      }
    }
    tell(new Command.Tick());
  }

  private void tellConnected(VirtualInstance instance) {
    tell(
        new Command.Connected(
            instance.uuid(),
            instance.session(),
            instance.incarnation(),
            instance.status(),
            instance.held()));
  }

  private void tell(Command command) {
    untold.add(command);
    tellAll();
  }

  /// Commands that effects bring about follow those that brought them about.
  private void tellAll() {
    if (telling) {
      return;
    }
    telling = true;
    while (!untold.isEmpty() || core.isUnfinished()) {
      Command next = untold.isEmpty() ? new Command.GoOn() : untold.remove();
      core.handle(List.of(next), now).effects().forEach(this::carryOut);
    }
    telling = false;
  }

  private void carryOut(Effect effect) {
    switch (effect) {
      case Effect.Reply<?> reply -> reply.send();
      case Effect.Dispatch dispatch -> dispatch(dispatch);
      case Effect.Abort abort -> abort(abort);
      case Effect.CloseLink closed -> instances.remove(closed.instance());
      case Effect.ShowTask show -> {
        if (show.change() == Effect.TaskChange.COMPLETED) {
          end(show.task().taskId(), show.task().success());
        }
      }
      case Effect.Fault _ -> faults++;
      default -> {
        // Nobody reads what is shown here.
      }
    }
  }

  private void dispatch(Effect.Dispatch dispatch) {
    VirtualInstance instance = instances.get(dispatch.instance());
    Trial trial = trials.get(dispatch.task().taskId());
    if (instance != null && trial != null) {
      Run run = new Run(trial.task, dispatch.task().attempt(), instance);
      instance.hold(run);
      agenda.add(now + (long) (live.handoverMs(instance.uuid()) * NANOS_A_MS), run);
    }
  }

  private void abort(Effect.Abort abort) {
    VirtualInstance instance = instances.get(abort.instance());
    Run run = instance == null ? null : instance.find(abort.taskId());
    if (instance == null || run == null || run.attempt != abort.attempt()) {
      return;
    }
    instance.release(run);
    Outcome stopped = new Outcome.Failed(Outcome.FailureKind.CANCELLED, "stopped", 0, "");
    tell(new Command.Ended(instance.uuid(), abort.taskId(), abort.attempt(), stopped));
    startWaiting(instance);
  }

  private void end(String taskId, boolean success) {
    Trial trial = trials.remove(taskId);
    if (trial != null) {
      trial.endedAt = now;
      trial.succeeded = success;
      ended.accept(trial);
    }
  }

  private void add(Event.InstanceRegistered registered) {
    instances.computeIfAbsent(
        registered.uuid(), uuid -> VirtualInstance.of(registered.registration(), uuid));
  }

  /// An instance that this mesh has not parted with.
  private Optional<VirtualInstance> find(String uuid) {
    return Optional.ofNullable(instances.get(uuid));
  }

  /// An event that waits for virtual time.
  ///
  /// @param at when it happened
  /// @param task the task it is about, if any
  private record Input(long at, Event event, @Nullable LiveTask task) {}
}
