package io.swarmpilot.taskinstance.backend.process;

import io.swarmpilot.taskinstance.backend.EngineLoad;
import io.swarmpilot.taskinstance.backend.Execution;
import io.swarmpilot.taskinstance.backend.Replica;
import io.swarmpilot.taskinstance.backend.ReplicaState;
import io.swarmpilot.taskinstance.backend.RunFailure;
import io.swarmpilot.taskinstance.backend.Software;
import io.swarmpilot.taskinstance.backend.http.EngineFailures;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A replica with a server of its own. One thread ([#watch()]) starts the server again when it
/// ends, and stops it at the end; executions only use it.
final class ServerReplica implements Replica {
  private static final Logger log = LoggerFactory.getLogger(ServerReplica.class);
  // A broken connection is seen a moment before the end of the process behind it.
  private static final Duration END_IS_NEAR = Duration.ofMillis(500);
  private static final Duration LOOK = Duration.ofSeconds(5);

  private final ServerStarter starter;
  private final RestartPolicy restarts;
  private final CompletableFuture<Void> stop;
  private final CompletableFuture<Void> gone;
  private final Object lock = new Object();
  private volatile RunningServer server;
  private volatile ReplicaState state = ReplicaState.READY;
  private volatile Runnable listener = () -> {};

  /// @param server its server, which takes tasks
  ServerReplica(ServerStarter starter, ServerLife life, RunningServer server) {
    this.starter = starter;
    this.restarts = new RestartPolicy(starter.settings().maxRestarts());
    this.stop = life.stop();
    this.gone = life.gone();
    this.server = server;
  }

  @Override
  public Software software() {
    Software told = server.replica().software();
    String name = starter.settings().software();
    // A server that does not say what it is is what it was started as.
    boolean anonymous = told.name().equals(starter.settings().protocol().backend());
    return anonymous && !name.isEmpty() ? new Software(name, told.version()) : told;
  }

  @Override
  public int slots() {
    return server.replica().slots();
  }

  @Override
  public Optional<EngineLoad> load() {
    return state == ReplicaState.READY ? server.replica().load() : Optional.empty();
  }

  @Override
  public ReplicaState state() {
    ReplicaState own = state;
    return own == ReplicaState.READY ? server.replica().state() : own;
  }

  @Override
  public void onStateChange(Runnable change) {
    listener = change;
    server.replica().onStateChange(change);
  }

  @Override
  public String run(Execution execution) throws RunFailure {
    RunningServer mine = server;
    if (state != ReplicaState.READY) {
      throw EngineFailures.crashed("the server is being started again");
    }
    try {
      return mine.replica().run(execution);
    } catch (RunFailure failure) {
      throw actual(failure, mine);
    }
  }

  /// Stops the server; ends when nothing is left of it.
  @Override
  public void close() {
    stop.complete(null);
    try {
      gone.get();
    } catch (InterruptedException e) {
      // Whoever watches the server is interrupted as well, and ends it at once.
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the end of a replica is never a failure", e);
    }
  }

  /// Keeps the server running until the replica is closed. Blocks as long.
  void watch() {
    try {
      boolean running = true;
      while (running && awaitEnd()) {
        bury();
        running = startAgain();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      end();
    }
  }

  /// Whether the server ended by itself.
  private boolean awaitEnd() throws InterruptedException {
    CompletableFuture<Object> end = CompletableFuture.anyOf(server.process().exit(), stop);
    while (!isDoneWithin(end, LOOK)) {
      server.process().lookAround();
    }
    return !stop.isDone();
  }

  /// What the first process left behind must be gone before another one is started: it may hold the
  /// port, and memory of the GPU.
  private void bury() {
    RunningServer ended = server;
    lose(ended);
    log.warn(
        "{}: {}{}",
        starter.spec().modelType(),
        ended.process().describeEnd(),
        ended.process().lastWords());
    ended.process().stop(Duration.ZERO);
  }

  private boolean startAgain() throws InterruptedException {
    Duration ranFor = server.ranFor();
    while (!stop.isDone()) {
      Optional<Duration> pause = restarts.pauseAfter(ranFor);
      if (pause.isEmpty()) {
        log.error("{}: the server is not started again any more", starter.spec().modelType());
        become(ReplicaState.FAILED);
        return false;
      }
      if (!isDoneWithin(stop, pause.get()) && replaceServer()) {
        return true;
      }
      ranFor = Duration.ZERO;
    }
    return false;
  }

  private boolean replaceServer() {
    try {
      RunningServer next = starter.start(stop);
      RunningServer last = server;
      next.replica().onStateChange(listener);
      server = next;
      starter.release(last);
      become(ReplicaState.READY);
      return true;
    } catch (RuntimeException e) {
      if (!stop.isDone()) {
        log.warn("{} could not be started again: {}", starter.spec().modelType(), e.getMessage());
      }
      return false;
    }
  }

  private void end() {
    try {
      server.process().stop(starter.settings().stopGrace());
      starter.release(server);
    } finally {
      gone.complete(null);
    }
  }

  /// A failure as it looks once it is known whether the server has ended. Until it is, the replica
  /// takes no further task: it would fail as fast as tasks come.
  private RunFailure actual(RunFailure failure, RunningServer mine) {
    boolean ended =
        switch (failure.kind()) {
          case REPLICA_LOST -> mine.process().endsWithin(END_IS_NEAR);
          case EXECUTION -> mine.process().endsWithin(Duration.ZERO);
          case INVALID_INPUT, CANCELLED -> false;
        };
    if (!ended) {
      return failure;
    }
    lose(mine);
    return EngineFailures.crashed(mine.process().describeEnd());
  }

  private void lose(RunningServer lost) {
    synchronized (lock) {
      if (!server.equals(lost) || state != ReplicaState.READY) {
        return;
      }
      state = ReplicaState.RESTARTING;
    }
    listener.run();
  }

  private void become(ReplicaState next) {
    synchronized (lock) {
      state = next;
    }
    listener.run();
  }

  private static boolean isDoneWithin(CompletableFuture<?> future, Duration time)
      throws InterruptedException {
    try {
      var _ = future.get(time.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("the end of a process is never a failure", e);
    }
  }
}
