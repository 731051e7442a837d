package io.swarmpilot.taskinstance.backend.http;

import io.swarmpilot.taskinstance.backend.EngineLoad;
import io.swarmpilot.taskinstance.backend.ReplicaState;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks an engine again and again whether it serves, and how busy it is. One thread of its own
/// asks; what it found may be read by any.
final class EngineWatch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EngineWatch.class);
  // Once is chance: a pause of the engine, a full backlog.
  private static final int FAILURES = 2;
  private static final int ANSWERS = 2;
  // An engine without metrics may have been started again with them.
  private static final Duration NO_METRICS_PAUSE = Duration.ofMinutes(1);

  private final HttpEngine engine;
  private final EngineProbes probes;
  private final IntSupplier own;
  private final SlotLimit limit;
  private final Semaphore wakeUp = new Semaphore(0);
  private volatile ReplicaState state = ReplicaState.READY;
  private volatile int slots;
  private volatile @Nullable EngineLoad load;
  private volatile boolean suspected;
  private volatile boolean closed;
  private int failures;
  private int answers;
  private long metricsPausedUntil = System.nanoTime();

  /// @param own how many requests the engine has from here
  EngineWatch(HttpEngine engine, EngineProbes probes, IntSupplier own) {
    this.engine = engine;
    this.probes = probes;
    this.own = own;
    this.limit = new SlotLimit(engine.settings().slots());
    this.slots = limit.limit();
  }

  /// Begins to ask.
  ///
  /// @param changed is run after every change of the state or the slots
  void start(Runnable changed) {
    Thread _ = Thread.ofVirtual().name("engine-watch").start(() -> watch(changed));
  }

  ReplicaState state() {
    return state;
  }

  /// Requests that the engine is sent at the same moment.
  int slots() {
    return slots;
  }

  /// What it said of its load, if it tells and serves.
  Optional<EngineLoad> load() {
    return Optional.ofNullable(load);
  }

  /// Has the engine asked at once, because a request met nobody.
  void suspect() {
    suspected = true;
    wakeUp.release();
  }

  @Override
  public void close() {
    closed = true;
    wakeUp.release();
  }

  private void watch(Runnable changed) {
    try {
      while (!closed) {
        boolean _ =
            wakeUp.tryAcquire(
                engine.settings().probes().interval().toMillis(), TimeUnit.MILLISECONDS);
        int _ = wakeUp.drainPermits();
        if (!closed && look()) {
          changed.run();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Asks once; returns whether the state or the slots changed.
  private boolean look() {
    ReplicaState stateBefore = state;
    int slotsBefore = slots;
    boolean certain = suspected;
    suspected = false;
    if (engine.serves(probes.health())) {
      failures = 0;
      answers++;
      if (state != ReplicaState.READY && answers >= ANSWERS) {
        become(ReplicaState.READY, "answers again");
      }
      measure();
    } else {
      answers = 0;
      failures++;
      load = null;
      if (state == ReplicaState.READY && (certain || failures >= FAILURES)) {
        become(ReplicaState.UNREACHABLE, "does not answer and is given no tasks until it does");
      }
    }
    return state != stateBefore || slots != slotsBefore;
  }

  private void become(ReplicaState next, String what) {
    state = next;
    if (!closed) {
      log.warn("the engine at {} {}", engine.settings().baseUrl(), what);
    }
  }

  private void measure() {
    if (probes.metrics().isEmpty() || System.nanoTime() - metricsPausedUntil < 0) {
      return;
    }
    Optional<EngineLoad> told = engine.load(probes.metrics().get());
    load = told.orElse(null);
    told.ifPresent(now -> limit.follow(now, own.getAsInt()));
    slots = limit.limit();
    if (told.isEmpty()) {
      metricsPausedUntil = System.nanoTime() + NO_METRICS_PAUSE.toNanos();
    }
  }
}
