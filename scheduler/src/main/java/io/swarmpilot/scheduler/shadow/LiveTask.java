package io.swarmpilot.scheduler.shadow;

import io.swarmpilot.scheduler.core.Estimates;
import io.swarmpilot.scheduler.core.Event;
import io.swarmpilot.scheduler.core.Outcome;
import io.swarmpilot.scheduler.core.Outcome.FailureKind;
import io.swarmpilot.scheduler.core.Payload;
import io.swarmpilot.scheduler.core.Target;
import io.swarmpilot.scheduler.core.TaskTraits;
import io.swarmpilot.scheduler.forecast.ExecutionTime;
import org.jspecify.annotations.Nullable;

/// What is known so far of a task of the live mesh. Times are nanoseconds of the scheduler's
/// monotonic clock unless they say otherwise.
public final class LiveTask {
  static final long NEVER = Long.MIN_VALUE;
  private static final double NANOS_A_MS = 1e6;

  private final Event.TaskAccepted accepted;
  private Target target = Target.UNKNOWN;
  private String instance = "";
  private long placedAt = NEVER;
  private boolean onFreeSlot;
  private long startedAt = NEVER;
  private long endedAt = NEVER;
  private @Nullable LiveInstance holder;
  private @Nullable Outcome outcome;
  private Ending ending = Ending.OPEN;

  LiveTask(Event.TaskAccepted accepted) {
    this.accepted = accepted;
  }

  /// Its id.
  public String id() {
    return accepted.taskId();
  }

  /// Model that must run it.
  public String model() {
    return accepted.model();
  }

  /// What it brought along, as far as whoever feeds the events let it through.
  public Payload payload() {
    return accepted.payload();
  }

  /// When it was submitted, Unix seconds.
  public double submitUnix() {
    return accepted.submitUnix();
  }

  /// The kind of instance that it was given to last.
  public Target target() {
    return target;
  }

  /// Uuid of the instance that it was given to last, or "".
  public String instance() {
    return instance;
  }

  /// Time after its submission within which it is to be completed, ms; NaN for none.
  public double sloMs() {
    return traits().sloMs();
  }

  /// How it ended, null while it has not.
  public @Nullable Outcome outcome() {
    return outcome;
  }

  TaskTraits traits() {
    return accepted.traits();
  }

  Estimates estimates() {
    return accepted.estimates();
  }

  long acceptedAt() {
    return accepted.at();
  }

  Ending ending() {
    return ending;
  }

  /// Time it executed by its instance's own account, ms.
  public double executionMs() {
    return outcome == null ? 0 : outcome.executionMs();
  }

  /// From submission to the end, ms.
  public double responseMs() {
    return (endedAt - acceptedAt()) / NANOS_A_MS;
  }

  /// From submission to the start of the execution that ended it, ms.
  public double waitMs() {
    return startedAt == NEVER
        ? Math.max(0, responseMs() - executionMs())
        : (startedAt - acceptedAt()) / NANOS_A_MS;
  }

  void placed(String uuid, LiveInstance on, long at) {
    instance = uuid;
    target = on.target();
    placedAt = at;
    onFreeSlot = on.isFree();
    startedAt = NEVER;
    holder = on;
    on.takes();
  }

  void started(long at) {
    startedAt = at;
    if (holder != null && onFreeSlot) {
      holder.handedOver((at - placedAt) / NANOS_A_MS);
    }
  }

  void released() {
    startedAt = NEVER;
    leave();
  }

  void ended(Outcome how, long at) {
    boolean atInstance = leave();
    outcome = how;
    endedAt = at;
    ending =
        switch (how) {
          case Outcome.Succeeded _ -> Ending.SUCCEEDED;
          case Outcome.Failed failed ->
              switch (failed.kind()) {
                case FINAL, INVALID -> atInstance ? Ending.FAILED : Ending.DROPPED;
                case LOST -> Ending.DROPPED;
                case CANCELLED -> isTimedOut(at) ? Ending.DROPPED : Ending.CANCELLED;
              };
        };
  }

  private boolean leave() {
    LiveInstance from = holder;
    holder = null;
    if (from == null) {
      return false;
    }
    from.gives();
    return true;
  }

  /// Whether its bound of time has passed.
  boolean isTimedOut(long at) {
    double bound = traits().timeoutMs();
    return bound > 0 && (at - acceptedAt()) / NANOS_A_MS >= bound;
  }

  /// Whether how long it occupies a slot was measured, to its end.
  boolean isMeasured() {
    return ending == Ending.SUCCEEDED || ending == Ending.FAILED;
  }

  /// Time it occupies a slot of a kind of instance, as far as is known: all of it when it was
  /// measured, otherwise no more than that, ns.
  long leastOn(Target there, long now) {
    if (isMeasured()) {
      return nanos(ratio(there) * Math.max(executionMs(), occupancyMs(endedAt)));
    }
    return ending == Ending.OPEN ? nanos(ratio(there) * occupancyMs(now)) : 0;
  }

  /// The same where nothing more will be known, or not in time: as predicted, but no less than is
  /// known, ns.
  long expectedOn(Target there, long now) {
    return Math.max(leastOn(there, now), nanos(meanOn(there)));
  }

  /// How the execution ends on a kind of instance.
  Outcome outcomeOn(Target there) {
    if (outcome instanceof Outcome.Failed failed && ending == Ending.FAILED) {
      FailureKind kind = failed.kind();
      return new Outcome.Failed(kind, failed.message(), ratio(there) * executionMs(), "");
    }
    double ms = ending == Ending.SUCCEEDED ? ratio(there) * executionMs() : meanOn(there);
    return new Outcome.Succeeded(Payload.NONE, ms, "");
  }

  /// Time it takes by itself on the fastest of the kinds it was predicted for, ms: as measured
  /// where it ran, times how the predictions for the two compare.
  double aloneMs() {
    ExecutionTime fastest = estimates().fastest();
    double here = meanOn(target);
    boolean comparable = here > 0 && fastest.mean() > 0;
    if (ending != Ending.SUCCEEDED) {
      return fastest.mean();
    }
    return executionMs() * (comparable ? Math.min(1, fastest.mean() / here) : 1);
  }

  /// How many times as long it takes on another kind of instance: as the predictions compare.
  private double ratio(Target there) {
    double here = meanOn(target);
    double other = meanOn(there);
    return there.equals(target) || !(here > 0) || !(other > 0) ? 1 : other / here;
  }

  private double meanOn(Target kind) {
    return estimates().on(kind).time().mean();
  }

  private double occupancyMs(long until) {
    return startedAt == NEVER ? 0 : (until - startedAt) / NANOS_A_MS;
  }

  private static long nanos(double ms) {
    return (long) (ms * NANOS_A_MS);
  }

  /// How a task's life in the live mesh ended.
  enum Ending {
    /// It has not.
    OPEN,
    /// It has a result.
    SUCCEEDED,
    /// The model failed on it.
    FAILED,
    /// Its caller did not want it any more.
    CANCELLED,
    /// The scheduler gave it up: shed, timed out, or lost too often.
    DROPPED
  }
}
