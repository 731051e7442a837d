package io.swarmpilot.scheduler.core;

import io.swarmpilot.scheduler.policy.PolicyRegistry;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The scheduler as a pure state machine: commands in, events and effects out.
///
/// It knows no clock, no threads and no wire. It is used by one thread; time is passed in as
/// monotonic nanoseconds and never goes back.
public final class SchedulerCore {
  private static final int DECISIONS = 8_192;

  private final PolicyRegistry policies;
  private final SchedulerState state;
  private final Submissions submissions;
  private final Placement placement;
  private final Explanations explanations;
  private final Reports reports;
  private final Fleet fleet;
  private final Upkeep upkeep;

  /// A core without instances and tasks.
  public SchedulerCore(PolicyRegistry policies, Limits limits, RandomGenerator random) {
    this.policies = policies;
    this.state = new SchedulerState(policies, limits);
    DecisionLog decisions = new DecisionLog(DECISIONS);
    this.placement = new Placement(policies, decisions, random);
    Retention retention = new Retention(limits);
    OutlierEjection outliers = new OutlierEjection();
    Settlement settlement = new Settlement(placement, outliers, retention, limits.maxAttempts());
    this.submissions = new Submissions(settlement, retention, limits, random);
    this.explanations = new Explanations(decisions);
    this.reports = new Reports(settlement);
    this.fleet = new Fleet(settlement, limits);
    this.upkeep = new Upkeep(settlement, outliers, fleet, retention, limits);
  }

  /// Handles commands in order. The events are applied when it returns; the effects are to be run
  /// once the events are durable.
  public Decision handle(List<Command> commands, long now) {
    Transition step = new Transition(state, now);
    for (Command command : commands) {
      try {
        handle(step, command);
      } catch (RuntimeException e) {
        // What the other commands of the batch decided must still take effect.
        step.effect(new Effect.Fault(e));
      }
    }
    return step.decision();
  }

  /// Whether work was left so that other commands have their turn: [Command.GoOn] is to follow.
  public boolean isUnfinished() {
    return placement.isUnfinished();
  }

  /// Applies an event that another core, or this one in an earlier life, decided on.
  public void apply(Event event) {
    state.apply(event);
  }

  /// The events that lead another core to where this one stands; costs time in proportion to the
  /// live tasks. What the instances hold is part of it, what was learned is not.
  public List<Event> facts() {
    return Facts.of(state);
  }

  /// The state, for tests in this package.
  SchedulerState state() {
    return state;
  }

  private void handle(Transition step, Command command) {
    switch (command) {
      case Command.Submit submit -> submissions.submit(step, submit);
      case Command.Cancel cancel -> submissions.cancel(step, cancel);
      case Command.Clear clear -> submissions.clear(step, clear);
      case Command.Explain explain -> explanations.explain(step, explain);
      case Command.SetStrategy set -> setStrategy(step, set);
      case Command.SetPredictMode set -> setPredictMode(step, set);
      case Command.Register register -> fleet.register(step, register);
      case Command.Remove remove -> fleet.remove(step, remove);
      case Command.Connected connected -> fleet.connected(step, connected);
      case Command.Disconnected disconnected -> fleet.disconnected(step, disconnected);
      case Command.Heard heard -> fleet.heard(step, heard);
      case Command.Started started -> reports.started(step, started);
      case Command.Ended ended -> reports.ended(step, ended);
      case Command.Refused refused -> reports.refused(step, refused);
      case Command.Note note -> reports.note(step, note);
      case Command.GoOn goOn ->
          placement.unfinished().forEach(model -> submissions.placeWaiting(step, model));
      case Command.Tick tick -> upkeep.tick(step);
    }
  }

  private void setStrategy(Transition step, Command.SetStrategy set) {
    Optional<String> name = policies.find(set.name());
    if (name.isPresent()) {
      step.raise(new Event.StrategyChanged(name.get(), step.now));
      showSettings(step);
      // What waited for credit may be bound at once by an early-binding policy.
      List.copyOf(step.state.pools()).forEach(pool -> submissions.placeWaiting(step, pool.model));
    }
    step.reply(set.reply(), name.isPresent());
  }

  private static void setPredictMode(Transition step, Command.SetPredictMode set) {
    step.raise(new Event.PredictModeChanged(set.mode()));
    showSettings(step);
    step.reply(set.reply(), true);
  }

  private static void showSettings(Transition step) {
    step.effect(new Effect.ShowSettings(step.state.strategy(), step.state.mode()));
  }
}
