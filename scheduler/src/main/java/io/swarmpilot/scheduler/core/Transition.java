package io.swarmpilot.scheduler.core;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// One batch of commands on its way to a decision: events are applied as they are raised, so that
/// every step sees the charges of the one before.
final class Transition {
  final SchedulerState state;
  final long now;
  private final List<Event> events = new ArrayList<>();
  private final List<Effect> effects = new ArrayList<>();
  private final Set<InstanceEntry> touched = new LinkedHashSet<>();
  private final Set<ModelPool> touchedPools = new LinkedHashSet<>();

  Transition(SchedulerState state, long now) {
    this.state = state;
    this.now = now;
  }

  void raise(Event event) {
    state.apply(event);
    events.add(event);
  }

  void effect(Effect effect) {
    effects.add(effect);
  }

  <A> void reply(Consumer<A> to, A answer) {
    effects.add(new Effect.Reply<>(to, answer));
  }

  void show(Effect.TaskChange change, TaskEntry task) {
    effects.add(new Effect.ShowTask(change, task.snapshot()));
  }

  /// Notes that readers must see the instance anew.
  void touch(InstanceEntry instance) {
    touched.add(instance);
  }

  /// Notes that readers must see anew what waits for a model.
  void touch(ModelPool pool) {
    touchedPools.add(pool);
  }

  /// The decision. What readers see of instances comes first, so that whoever gets an answer or
  /// sees a task end finds the queues as they were left.
  Decision decision() {
    if (touched.isEmpty() && touchedPools.isEmpty()) {
      return new Decision(events, effects);
    }
    List<Effect> all = new ArrayList<>(touched.size() + touchedPools.size() + effects.size());
    for (InstanceEntry instance : touched) {
      InstanceSnapshot snapshot = instance.snapshot(now);
      boolean known = state.findInstance(instance.uuid()).isPresent();
      all.add(known ? new Effect.ShowInstance(snapshot) : new Effect.HideInstance(snapshot));
    }
    for (ModelPool pool : touchedPools) {
      pool.changes(now).map(Effect.ShowPool::new).ifPresent(all::add);
    }
    all.addAll(effects);
    return new Decision(events, all);
  }
}
