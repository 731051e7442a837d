package io.swarmpilot.scheduler.shadow;

import io.swarmpilot.scheduler.core.Event;
import io.swarmpilot.scheduler.core.SchedulerCore;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A policy that decides about the live stream of tasks without acting.
public final class Shadow {
  private final ShadowTerms terms;
  private final LiveMesh live;
  private final Supplier<SchedulerCore> cores;
  private final Comparison comparison;
  private @Nullable VirtualMesh mesh;
  private int restarts = -1;
  private long earlierFaults;
  private boolean failed;

  /// @param live what is known of the live mesh, told of each event before this
  /// @param cores makes a core that knows nothing yet, with the policy in force
  public Shadow(ShadowTerms terms, LiveMesh live, Supplier<SchedulerCore> cores) {
    this.terms = terms;
    this.live = live;
    this.cores = cores;
    this.comparison = new Comparison(terms.window());
  }

  /// What was asked for.
  public ShadowTerms terms() {
    return terms;
  }

  /// Stands where the live mesh stands; what was compared before is kept.
  public void begin(List<Event> facts, long now) {
    if (failed) {
      return;
    }
    comparison.lose();
    earlierFaults += mesh == null ? 0 : mesh.faults();
    restarts++;
    VirtualMesh fresh =
        new VirtualMesh(cores.get(), live, terms.longestLag(), comparison::endedShadow);
    mesh = fresh;
    fresh.begin(facts, now);
  }

  /// Takes note of an event.
  ///
  /// @param task the task it is about, if any
  public void see(Event event, @Nullable LiveTask task, long now) {
    VirtualMesh into = mesh;
    if (into == null) {
      return;
    }
    if (concernsMesh(event, task, now)) {
      into.see(event, task, now);
    }
    if (task != null && event instanceof Event.TaskAccepted) {
      comparison.follow(task);
    }
    if (task != null && event instanceof Event.TaskCompleted) {
      comparison.endedLive(task);
    }
  }

  /// Goes on as far as can be known by a moment of live time, with so many steps at most.
  ///
  /// @return whether it could go on at once
  public boolean advance(long now, int steps) {
    return mesh != null && mesh.advance(now, steps);
  }

  /// Is over: it failed.
  public void fail() {
    comparison.lose();
    earlierFaults += 1 + (mesh == null ? 0 : mesh.faults());
    mesh = null;
    failed = true;
  }

  /// What came of it so far.
  public ShadowReport report() {
    VirtualMesh now = mesh;
    return new ShadowReport(
        terms,
        state(),
        comparison.compared(),
        comparison.open(),
        comparison.excluded(),
        comparison.assumed(),
        now == null ? 0 : now.lag(),
        Math.max(0, restarts),
        earlierFaults + (now == null ? 0 : now.faults()),
        comparison.live(),
        comparison.shadow());
  }

  private ShadowReport.State state() {
    if (failed) {
      return ShadowReport.State.FAILED;
    }
    return mesh == null ? ShadowReport.State.STARTING : ShadowReport.State.RUNNING;
  }

  /// What instances and callers did; what the live scheduler did about it is its own affair.
  private static boolean concernsMesh(Event event, @Nullable LiveTask task, long now) {
    return switch (event) {
      case Event.TaskAccepted _,
          Event.InstanceRegistered _,
          Event.InstanceReported _,
          Event.InstanceConnected _,
          Event.InstanceDisconnected _,
          Event.InstanceDraining _,
          Event.InstanceRemoved _ ->
          true;
      // A time-out is noticed here as well, in its own time.
      case Event.TaskCancelRequested _ -> task != null && !task.isTimedOut(now);
      case Event.TaskCompleted _ -> task != null && task.ending() == LiveTask.Ending.CANCELLED;
      case Event.TaskPlaced _,
          Event.TaskDemoted _,
          Event.TaskStarted _,
          Event.TaskReleased _,
          Event.StrategyChanged _,
          Event.PredictModeChanged _,
          Event.CompletedForgotten _ ->
          false;
    };
  }
}
