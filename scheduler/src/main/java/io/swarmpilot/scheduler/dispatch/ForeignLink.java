package io.swarmpilot.scheduler.dispatch;

import io.swarmpilot.scheduler.core.Command;
import io.swarmpilot.scheduler.core.Effect;
import io.swarmpilot.scheduler.core.InstanceSnapshot;
import io.swarmpilot.scheduler.core.Outcome;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/// The link to an instance that has the documented REST endpoints only: tasks are queued by call,
/// its health is asked for every second, and results that it does not report are fetched.
final class ForeignLink implements InstanceLink {
  private static final long HEALTH_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long RESULTS_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private final String uuid;
  private final LinkSettings settings;
  private final LongSupplier sessions;
  private final ForeignTasks tasks;
  private final AtomicBoolean checking = new AtomicBoolean();
  private final AtomicBoolean fetching = new AtomicBoolean();
  private final AtomicBoolean sending = new AtomicBoolean();
  private final ForeignApi api;
  private long nextHealth;
  private long nextResults;
  private boolean ticked;
  private boolean connected;
  private volatile long session;
  private volatile boolean closed;

  ForeignLink(InstanceSnapshot instance, LinkSettings settings, LongSupplier sessions) {
    this.uuid = instance.uuid();
    this.settings = settings;
    this.sessions = sessions;
    this.tasks = new ForeignTasks(settings.maxOutgoing());
    this.session = sessions.getAsLong();
    this.api =
        new ForeignApi(
            settings.http(),
            instance.registration().directHost(),
            instance.registration().directPort());
  }

  @Override
  public void dispatch(Effect.Dispatch dispatch) {
    if (dispatch.session() == session && !tasks.queue(dispatch.task())) {
      tell(
          new Command.Refused(
              uuid,
              dispatch.task().taskId(),
              dispatch.task().attempt(),
              true,
              "its tasks pile up"));
    }
  }

  /// There is no documented way to stop a task that it took; one that waits to be sent is not.
  @Override
  public void abort(Effect.Abort abort) {
    tasks.unqueue(abort.taskId(), abort.attempt());
  }

  @Override
  public void acknowledge(Effect.Acknowledge acknowledge) {
    tasks.forget(acknowledge.taskId(), acknowledge.attempt());
  }

  /// It has no way to send the output of a task before its end.
  @Override
  public void follow(String taskId, boolean follow) {}

  @Override
  public void flush() {
    if (tasks.hasQueued() && sending.compareAndSet(false, true)) {
      settings.blocking().execute(this::send);
    }
  }

  /// The health checks decide about the session.
  @Override
  public void breakSession(long session) {}

  @Override
  public synchronized void tick(long nowNanos) {
    if (closed) {
      return;
    }
    if ((!ticked || nowNanos - nextHealth >= 0) && checking.compareAndSet(false, true)) {
      nextHealth = nowNanos + HEALTH_NANOS;
      settings.blocking().execute(this::checkHealth);
    }
    if ((!ticked || nowNanos - nextResults >= 0) && fetching.compareAndSet(false, true)) {
      nextResults = nowNanos + RESULTS_NANOS;
      settings.blocking().execute(this::fetchResults);
    }
    ticked = true;
  }

  @Override
  public void close() {
    closed = true;
  }

  Optional<String> localTaskId(String remoteId) {
    return tasks.localId(remoteId);
  }

  CompletionStage<Optional<Outcome>> fetchOutcome(String taskId) {
    return CompletableFuture.supplyAsync(
        () ->
            tasks
                .remote(taskId)
                .flatMap(remote -> fetch(remote.remoteId()))
                .map(ForeignResult::outcome),
        settings.blocking());
  }

  private void send() {
    try {
      for (Optional<ForeignTasks.Queued> next = tasks.next();
          next.isPresent() && !closed;
          next = tasks.next()) {
        send(next.get());
      }
    } finally {
      sending.set(false);
    }
    // One may have been queued after the last look.
    flush();
  }

  private void send(ForeignTasks.Queued task) {
    try {
      ForeignApi.Enqueued answer =
          api.enqueue(task.taskId(), task.model(), task.input(), task.metadata());
      if (answer.httpStatus() / 100 == 2) {
        tasks.taken(task, answer.remoteId());
      } else {
        tell(refusal(task, answer.httpStatus()));
      }
    } catch (ConnectException | HttpConnectTimeoutException e) {
      tell(new Command.Refused(uuid, task.taskId(), task.attempt(), false, "it cannot be reached"));
    } catch (IOException e) {
      tell(lost(task, "its instance did not answer"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Command refusal(ForeignTasks.Queued task, int httpStatus) {
    return switch (httpStatus) {
      case 429 -> new Command.Refused(uuid, task.taskId(), task.attempt(), true, "it is full");
      case 409, 502, 503, 504 ->
          new Command.Refused(uuid, task.taskId(), task.attempt(), false, "it did not take it");
      default ->
          new Command.Ended(
              uuid,
              task.taskId(),
              task.attempt(),
              new Outcome.Failed(
                  Outcome.FailureKind.FINAL,
                  "the instance refused the task with HTTP status " + httpStatus,
                  0,
                  ""));
    };
  }

  private Command lost(ForeignTasks.Queued task, String reason) {
    return new Command.Ended(
        uuid,
        task.taskId(),
        task.attempt(),
        new Outcome.Failed(Outcome.FailureKind.LOST, reason, 0, ""));
  }

  private void checkHealth() {
    try {
      ForeignStatus status =
          api.status(ForeignApi.STATUS_TIMEOUT).orElseThrow(() -> new IOException("no status"));
      if (connected) {
        tell(new Command.Heard(uuid, session, status.status()));
      } else {
        connected = true;
        tell(new Command.Connected(uuid, session, "", status.status(), List.of()));
      }
      tasks.queueSize(status.queueSize());
    } catch (IOException e) {
      long ended = session;
      session = sessions.getAsLong();
      connected = false;
      tell(
          new Command.Disconnected(
              uuid,
              ended,
              e instanceof ConnectException ? "Connection refused" : "it does not answer"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      checking.set(false);
    }
  }

  private void fetchResults() {
    try {
      for (ForeignTasks.Remote task : tasks.toAskFor()) {
        Optional<ForeignResult> result = fetch(task.remoteId());
        if (result.isPresent()) {
          tell(new Command.Ended(uuid, task.taskId(), task.attempt(), result.get().outcome()));
        } else if (tasks.isGone(task)) {
          tell(
              new Command.Ended(
                  uuid,
                  task.taskId(),
                  task.attempt(),
                  new Outcome.Failed(
                      Outcome.FailureKind.LOST, "its instance does not hold it", 0, "")));
        }
      }
    } finally {
      fetching.set(false);
    }
  }

  private Optional<ForeignResult> fetch(String remoteId) {
    try {
      return api.result(remoteId);
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private void tell(Command command) {
    settings.sink().deliver(List.of(command), () -> {});
  }
}
