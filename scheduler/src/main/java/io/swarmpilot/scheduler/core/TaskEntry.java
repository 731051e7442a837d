package io.swarmpilot.scheduler.core;

import com.google.common.primitives.ImmutableLongArray;
import io.swarmpilot.scheduler.core.TaskSnapshot.Prediction;
import io.swarmpilot.scheduler.forecast.Assignment;
import io.swarmpilot.scheduler.forecast.ExecutionTime;
import io.swarmpilot.scheduler.policy.Priority;
import io.swarmpilot.scheduler.policy.WaitingTask;
import io.swarmpilot.scheduler.queue.QueueEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A task in the scheduler's state. Changed by [SchedulerState] only.
final class TaskEntry implements WaitingTask {
  static final long NEVER = Long.MIN_VALUE;
  private static final double NANOS_PER_MS = 1e6;
  private static final double MOST_TIMEOUT_MS = 1e12;

  final String id;
  final long sequence;
  final String model;
  final TaskTraits traits;
  final double submitUnix;
  final long acceptedAt;
  final List<String> losses = new ArrayList<>(0);
  final ExecutionTime expected;
  Estimates estimates;
  Payload payload;
  TaskStatus status = TaskStatus.QUEUED;
  long queuedAt;

  /// Wait in the central queue and its variance that were forecast when it joined that, ms and ms²;
  /// 0 when it was not to wait. Not journaled.
  double forecastWait;

  double forecastWaitVariance;
  long placedAt = NEVER;
  boolean onFreeSlot;

  /// Since when it is counted as executing; [#NEVER] when it is not.
  long busySince = NEVER;

  int attempt;
  String instanceUuid = "";
  @Nullable InstanceEntry instance;
  @Nullable Assignment assignment;
  Prediction prediction = Prediction.NONE;
  String strategy = "";
  boolean strategyFallback;
  boolean demoted;
  String replica = "";
  long startedAt = NEVER;
  boolean cancelRequested;

  /// Number of the latest decision about it, negative before the first. Not journaled.
  long decision = -1;

  String cancelReason = "";

  /// The instance that did not take it or lost it last; rather not that one again. Not journaled.
  @Nullable InstanceEntry avoided;

  /// Its place in the central queue.
  final QueueEntry<TaskEntry> place;

  long completedAt = NEVER;
  @Nullable Outcome outcome;

  TaskEntry(Event.TaskAccepted accepted, long sequence) {
    this.id = accepted.taskId();
    this.sequence = sequence;
    this.place = new QueueEntry<>(this, sequence);
    this.model = accepted.model();
    this.traits = accepted.traits();
    this.submitUnix = accepted.submitUnix();
    this.acceptedAt = accepted.at();
    this.queuedAt = accepted.at();
    this.estimates = accepted.estimates();
    this.expected = accepted.estimates().fastest();
    this.payload = accepted.payload();
  }

  /// When it is given up, [#NEVER] if it has no bound.
  long expiresAt() {
    return traits.timeoutMs() > 0
        ? acceptedAt + (long) (Math.min(traits.timeoutMs(), MOST_TIMEOUT_MS) * NANOS_PER_MS)
        : NEVER;
  }

  /// Whether it is with an instance in this attempt.
  boolean isAt(String uuid, int number) {
    return isAt(uuid) && attempt == number;
  }

  /// Whether it is with an instance.
  boolean isAt(String uuid) {
    return status == TaskStatus.SCHEDULED && instanceUuid.equals(uuid);
  }

  /// Bytes it counts against the bound of results.
  long resultBytes() {
    return switch (outcome) {
      case Outcome.Succeeded succeeded -> succeeded.result().bytes();
      case Outcome.Failed failed -> failed.message().length();
      case null -> 0;
    };
  }

  @Override
  public String taskId() {
    return id;
  }

  @Override
  public long sequence() {
    return sequence;
  }

  @Override
  public double arrivalMs() {
    return acceptedAt / NANOS_PER_MS;
  }

  @Override
  public Priority priority() {
    return traits.priority();
  }

  @Override
  public double sloMs() {
    return traits.sloMs();
  }

  @Override
  public double costBudget() {
    return traits.costBudget();
  }

  @Override
  public int maxTokens() {
    return traits.maxTokens();
  }

  @Override
  public int inputTokens() {
    return traits.inputTokens();
  }

  @Override
  public boolean sheddable() {
    return traits.sheddable();
  }

  @Override
  public ExecutionTime executionTime() {
    return expected;
  }

  @Override
  public ImmutableLongArray prefix() {
    return traits.prefix();
  }

  /// Time left until it is given up, ms; NaN without a bound.
  double remainingMs(long now) {
    return traits.timeoutMs() - (now - acceptedAt) / NANOS_PER_MS;
  }

  /// Why it is stopped when its time has run out.
  String timeOutReason() {
    return "timed out after " + Math.round(traits.timeoutMs()) + " ms";
  }

  /// What happened to it when it is stopped for this reason.
  Fault faultOf(String reason) {
    return reason.equals(timeOutReason()) ? Fault.TIMEOUT : Fault.CANCELLED;
  }

  TaskSnapshot snapshot() {
    Outcome ended = outcome;
    double total = completedAt == NEVER ? Double.NaN : (completedAt - acceptedAt) / NANOS_PER_MS;
    double execution = ended == null ? Double.NaN : ended.executionMs();
    return new TaskSnapshot(
        id,
        sequence,
        model,
        traits,
        status,
        instanceUuid,
        attempt,
        strategy,
        strategyFallback,
        demoted,
        prediction,
        submitUnix,
        startedAt == NEVER
            ? Math.max(0, total - execution)
            : (startedAt - acceptedAt) / NANOS_PER_MS,
        execution,
        total,
        ended == null || ended.replica().isEmpty() ? replica : ended.replica(),
        ended instanceof Outcome.Succeeded,
        ended instanceof Outcome.Failed failed ? failed.message() : "",
        ended instanceof Outcome.Failed failed ? Optional.of(failed.fault()) : Optional.empty(),
        ended == null ? OutputFigures.NONE : ended.output(),
        payload,
        ended instanceof Outcome.Succeeded succeeded ? succeeded.result() : Payload.NONE);
  }
}
