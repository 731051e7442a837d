package io.swarmpilot.taskinstance.queue;

import io.swarmpilot.runtime.error.ErrorReason;
import io.swarmpilot.runtime.error.MeshException;
import io.swarmpilot.runtime.time.MeshClock;
import io.swarmpilot.taskinstance.backend.OutputStatistics;
import io.swarmpilot.taskinstance.backend.Replica;
import io.swarmpilot.taskinstance.backend.RunFailure;
import io.swarmpilot.taskinstance.forecast.RecentDurations;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// All that changes at an instance, and every rule by which it does. Not safe for use by several
/// threads: [QueueOwner] admits one at a time and carries out the effects afterwards.
final class QueueState {
  // Partial output that the rings of all tasks keep together, characters.
  private static final long MAX_OUTPUT = 64 << 20;

  final TaskTable tasks = new TaskTable();
  final RecentDurations durations = new RecentDurations();
  final BoundedHistory results;
  final ReplicaPool pool;
  final Outbox outbox;
  final Admission admission;
  private final MeshClock clock;
  private final AtomicLong outputHeld = new AtomicLong();
  private String modelOfDurations = "";

  QueueState(QueueBounds bounds, int gpus, MeshClock clock) {
    this.clock = clock;
    long ttl = bounds.resultTtl().toNanos();
    int outcomes = bounds.maxPending() + bounds.maxResults();
    this.results = new BoundedHistory(bounds.maxResults(), bounds.maxResultBytes(), ttl);
    this.outbox = new Outbox(new BoundedHistory(outcomes, bounds.maxResultBytes(), ttl));
    this.pool = new ReplicaPool(gpus);
    this.admission = new Admission(bounds, tasks, pool);
  }

  /// Takes a direct caller's task, or tells the caller why not.
  Accepted enqueue(NewTask task, Effects effects) {
    if (tasks.get(task.taskId()) != null || results.get(task.taskId()) != null) {
      throw MeshException.of(ErrorReason.TASK_EXISTS, "Task " + task.taskId() + " exists already");
    }
    Refusal refusal = admission.refusal(task);
    if (refusal != null) {
      throw admission.describe(refusal, task);
    }
    LiveTask taken = admit(task, effects);
    return new Accepted(taken.id, tasks.size(), taken.enqueueTime);
  }

  /// Takes the scheduler's task, or says why not.
  void execute(NewTask task, Effects effects) {
    if (isKnown(task)) {
      return;
    }
    Refusal refusal = admission.refusal(task);
    if (refusal == null && !outbox.hasRoomFor(tasks.size() + 1)) {
      refusal = Refusal.QUEUE_FULL;
    }
    if (refusal != null) {
      outbox.say(new TaskEvent.Refused(task.taskId(), task.attempt(), refusal));
      return;
    }
    outbox.forget(task.taskId());
    admit(task, effects);
  }

  /// Ends a task of the scheduler's that cannot be executed at all.
  void reject(NewTask task, RunFailure failure) {
    if (!isKnown(task)) {
      LiveTask never = live(task, "");
      record(never, Outcome.Failed.of(failure));
    }
  }

  /// Stops a task of this attempt or a lower one.
  void abort(String taskId, int attempt, Effects effects) {
    LiveTask held = tasks.get(taskId);
    if (held == null) {
      abortUnknown(taskId, attempt);
    } else if (held.attempt() > attempt) {
      return;
    } else if (held.isRunning()) {
      effects.cancellations.add(held.cancellation);
    } else {
      tasks.unqueue(held);
      record(held, new Outcome.Failed(RunFailure.Kind.CANCELLED, "cancelled"));
    }
  }

  /// Begins or ceases to say what a task puts out.
  void follow(String taskId, boolean follow) {
    LiveTask task = tasks.get(taskId);
    if (task != null && !follow) {
      task.output.unfollow();
    } else if (task != null && task.output.follow()) {
      outbox.sayOutput(task);
    }
  }

  /// Opens a stream; what tasks put out is not said on it until it asks.
  void attach(DispatchListener stream) {
    tasks.all().forEach(task -> task.output.unfollow());
    outbox.attach(stream);
  }

  /// Notes the end of an execution and gives the slot its next task.
  void finish(Assignment done, Outcome outcome, OutputStatistics produced, Effects effects) {
    RunningReplica replica = done.replica();
    replica.tasks.remove(done.task());
    tasks.remove(done.task());
    FinishedTask finished = record(done.task(), outcome, produced);
    done.task().output.release();
    if (outcome instanceof Outcome.Succeeded) {
      durations.add(finished.executionMs());
    }
    if (replica.isStopping()) {
      closeWhenIdle(replica, effects);
    }
    assign(effects);
  }

  /// Makes room for replicas that are about to be opened.
  Reservation reserve(Reservation wanted) {
    admission.requireOpen();
    return pool.reserve(wanted);
  }

  /// Turns a reservation into running replicas; returns how many run now.
  int start(Reservation reserved, List<Replica> opened, Effects effects) {
    admission.requireOpen();
    dropTasksOfOtherModels(reserved.model());
    if (!modelOfDurations.equals(reserved.model())) {
      modelOfDurations = reserved.model();
      durations.clear();
    }
    pool.add(reserved, opened);
    effects.instanceChanged();
    assign(effects);
    return pool.running();
  }

  /// Lets replicas take no further tasks; each is closed after what it runs.
  StoppedReplicas stop(int count, Effects effects) {
    List<RunningReplica> chosen = pool.choose(count);
    for (RunningReplica replica : chosen) {
      replica.stop();
      closeWhenIdle(replica, effects);
    }
    if (!chosen.isEmpty()) {
      effects.instanceChanged();
    }
    return new StoppedReplicas(chosen.stream().map(RunningReplica::id).toList(), pool.running());
  }

  /// Notes that a replica became ready or is so no more. While none is, the scheduler's waiting
  /// tasks are better off elsewhere; those of direct callers wait.
  void replicaChanged(Effects effects) {
    effects.instanceChanged();
    if (pool.running() == 0) {
      handBackAll(Refusal.NO_REPLICA);
    }
    assign(effects);
  }

  /// Takes no further tasks and hands the scheduler's waiting ones back. Those of direct callers
  /// stay: nobody else has them.
  void drain(Effects effects) {
    admission.close();
    effects.instanceChanged();
    handBackAll(Refusal.DRAINING);
  }

  /// Ends what still waits and runs.
  void evict(Effects effects) {
    for (LiveTask task : tasks.pending()) {
      tasks.unqueue(task);
      record(task, new Outcome.Failed(RunFailure.Kind.REPLICA_LOST, "the instance shut down"));
    }
    for (LiveTask task : tasks.all()) {
      task.evict();
      effects.cancellations.add(task.cancellation);
    }
  }

  /// Ends the tasks whose time has run out: those that wait at once, those that run are stopped.
  void endExpired(Effects effects) {
    for (LiveTask task : tasks.takeExpired(clock.nanos())) {
      if (task.isRunning()) {
        task.timeOut();
        effects.cancellations.add(task.cancellation);
      } else {
        tasks.unqueue(task);
        record(task, LiveTask.OUT_OF_TIME);
      }
    }
  }

  /// Whether no task is left and none will come.
  boolean isDrained() {
    return admission.isClosed() && tasks.size() == 0;
  }

  /// Drops what is too old to be kept.
  void expire() {
    long now = clock.nanos();
    results.expire(now);
    outbox.expire(now);
  }

  /// Whether the task is here already: waiting, running or ended. A higher attempt takes it over.
  private boolean isKnown(NewTask task) {
    LiveTask held = tasks.get(task.taskId());
    if (held != null) {
      adopt(held, task);
      return true;
    }
    FinishedTask ended = outbox.unacknowledged(task.taskId());
    if (ended == null) {
      return false;
    }
    if (ended.attempt() >= task.attempt()) {
      return true;
    }
    // What succeeded need not run again; what failed is to be tried again.
    boolean succeeded = ended.outcome() instanceof Outcome.Succeeded;
    if (succeeded) {
      outbox.keep(ended.withAttempt(task.attempt()), clock.nanos());
    }
    return succeeded;
  }

  private void adopt(LiveTask held, NewTask later) {
    if (later.attempt() > held.attempt()) {
      tasks.adopt(held, later, clock.nanos());
      sayStarted(held);
    }
  }

  private void abortUnknown(String taskId, int attempt) {
    if (outbox.unacknowledged(taskId) != null) {
      return;
    }
    Outcome outcome =
        new Outcome.Failed(RunFailure.Kind.CANCELLED, "the instance has no such task");
    outbox.say(
        new TaskEvent.Ended(
            new FinishedTask(
                taskId, attempt, outcome, clock.unixSeconds(), 0, 0, null, OutputStatistics.NONE)));
  }

  private LiveTask admit(NewTask task, Effects effects) {
    String model = String.valueOf(pool.runningModel());
    LiveTask taken = live(task, model);
    tasks.add(taken);
    assign(effects);
    return taken;
  }

  private void assign(Effects effects) {
    endExpired(effects);
    RunningReplica replica = pool.free();
    while (replica != null) {
      LiveTask task = tasks.takeNext();
      if (task == null) {
        return;
      }
      task.start(replica, clock.nanos());
      replica.tasks.add(task);
      sayStarted(task);
      effects.launches.add(new Assignment(task, replica));
      replica = pool.free();
    }
  }

  private void sayStarted(LiveTask task) {
    RunningReplica replica = task.replica();
    if (replica != null && task.isDispatched()) {
      outbox.say(new TaskEvent.Started(task.id, task.attempt(), replica.id(), task.waitMs()));
    }
  }

  private LiveTask live(NewTask task, String model) {
    OutputRing output = new OutputRing(outputHeld, MAX_OUTPUT);
    return new LiveTask(task, model, output, clock.nanos(), clock.unixSeconds());
  }

  /// Notes the end of a task that never ran.
  private void record(LiveTask task, Outcome outcome) {
    FinishedTask _ = record(task, outcome, OutputStatistics.NONE);
  }

  private FinishedTask record(LiveTask task, Outcome outcome, OutputStatistics produced) {
    long now = clock.nanos();
    FinishedTask finished = task.finish(outcome, produced, now);
    results.add(finished, now);
    if (task.isDispatched()) {
      outbox.keep(finished, now);
    }
    return finished;
  }

  private void handBackAll(Refusal reason) {
    tasks.pending().stream().filter(LiveTask::isDispatched).forEach(task -> handBack(task, reason));
  }

  private void handBack(LiveTask task, Refusal reason) {
    tasks.unqueue(task);
    outbox.say(new TaskEvent.Refused(task.id, task.attempt(), reason));
  }

  /// A waiting task never runs on a model it was not meant for: the scheduler places its own
  /// elsewhere, those of direct callers fail and say why.
  private void dropTasksOfOtherModels(String model) {
    for (LiveTask task : tasks.pending()) {
      if (task.model.equals(model)) {
        continue;
      }
      if (task.isDispatched()) {
        handBack(task, Refusal.MODEL_MISMATCH);
      } else {
        tasks.unqueue(task);
        String message = "model '" + task.model + "' was replaced before the task started";
        record(task, new Outcome.Failed(RunFailure.Kind.EXECUTION, message));
      }
    }
  }

  private void closeWhenIdle(RunningReplica replica, Effects effects) {
    if (replica.tasks.isEmpty()) {
      pool.remove(replica);
      effects.closings.add(replica);
    }
  }
}
