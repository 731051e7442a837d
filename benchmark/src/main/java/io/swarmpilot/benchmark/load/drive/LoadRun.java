package io.swarmpilot.benchmark.load.drive;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.swarmpilot.benchmark.load.Arrival;
import io.swarmpilot.benchmark.load.Ending;
import io.swarmpilot.benchmark.load.LoadPlan;
import io.swarmpilot.benchmark.load.Validity;
import io.swarmpilot.benchmark.measure.Measurement;
import io.swarmpilot.benchmark.protocol.Target;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// One run of load, under way from the moment it is made. Once it is over nothing of it is left: no
/// thread, no request, and whatever still comes from the server is written down nowhere.
public final class LoadRun {
  private static final Duration CANCEL_GRACE = Duration.ofSeconds(5);

  private final long epoch;
  private final Trip trip;
  private final Ledger ledger;
  private final Thread driver;
  private final CompletableFuture<RunSnapshot> over = new CompletableFuture<>();
  private volatile Optional<Ending> asked = Optional.empty();
  private volatile boolean draining;

  private LoadRun(long epoch, LoadPlan plan, ImmutableList<Target> targets) {
    this.epoch = epoch;
    this.ledger = new Ledger(plan, this::endEarly);
    this.trip = new Trip(plan, targets, ledger, origin(plan), new AtomicLong());
    this.driver = Thread.ofPlatform().name("load-run-" + epoch).daemon().unstarted(this::drive);
  }

  static LoadRun start(long epoch, LoadPlan plan, ImmutableList<Target> targets) {
    LoadRun run = new LoadRun(epoch, plan, targets);
    run.driver.start();
    return run;
  }

  /// Number of this run: later runs of a generator have higher ones.
  public long epoch() {
    return epoch;
  }

  /// What it does.
  public LoadPlan plan() {
    return trip.plan();
  }

  /// How it is going, or how it ended.
  public RunSnapshot snapshot() {
    RunSnapshot end = over.getNow(null);
    return end == null ? look(trip.now(), Optional.empty()) : end;
  }

  /// Completes with how it ended once it is over.
  public CompletableFuture<RunSnapshot> over() {
    return over.copy();
  }

  /// Ends it: breaks off what is in flight and answers once it is over. Answers the same when it
  /// was over before.
  @CanIgnoreReturnValue
  public RunSnapshot stop() {
    end(Ending.STOPPED);
    return over.join();
  }

  private synchronized void endEarly(Ending why) {
    if (asked.isEmpty() && !draining) {
      end(why);
    }
  }

  private synchronized void end(Ending why) {
    if (!asked.equals(Optional.of(Ending.STOPPED))) {
      asked = Optional.of(why);
      driver.interrupt();
    }
  }

  private void drive() {
    try {
      over.complete(conduct());
    } catch (RuntimeException | Error e) {
      ledger.close();
      ledger.cancelAll();
      over.completeExceptionally(e);
    }
  }

  private RunSnapshot conduct() {
    Ending ending = startRequests();
    if (ending != Ending.STOPPED) {
      ending = drain(ending);
    }
    long end = trip.now();
    if (ending == Ending.STOPPED) {
      cancel();
    }
    RunSnapshot last = look(end, Optional.of(ending));
    ledger.close();
    return last;
  }

  private Ending startRequests() {
    try {
      trip.sleepUntil(0);
      return loop().run();
    } catch (InterruptedException e) {
      return asked.orElse(Ending.STOPPED);
    }
  }

  /// Waits for the last requests: those that take long count as those that do not.
  private Ending drain(Ending ending) {
    draining = true;
    long most = trip.plan().limits().requestTimeout().plus(CANCEL_GRACE).toNanos();
    while (!asked.equals(Optional.of(Ending.STOPPED))) {
      try {
        if (!ledger.awaitEmpty(most)) {
          cancel();
        }
        return ending;
      } catch (InterruptedException e) {
        // Either of the reasons above, or one that came too late to matter.
      }
    }
    return Ending.STOPPED;
  }

  private void cancel() {
    ledger.cancelAll();
    try {
      boolean _ = ledger.awaitEmpty(CANCEL_GRACE.toNanos());
    } catch (InterruptedException e) {
      // What is left is written down nowhere once the ledger is closed.
      Thread.currentThread().interrupt();
    }
  }

  private Loop loop() {
    return switch (trip.plan().arrival()) {
      case Arrival.Closed closed -> new ClosedLoop(trip, closed);
      case Arrival.Open open -> new OpenLoop(trip, open.schedule(trip.plan().seed()));
      case Arrival.Replay replay -> new OpenLoop(trip, replay.schedule());
    };
  }

  private RunSnapshot look(long now, Optional<Ending> ending) {
    Measurement measured = ledger.read(now);
    double elapsed = Math.max(0, now);
    return new RunSnapshot(
        epoch,
        elapsed / TimeUnit.SECONDS.toNanos(1),
        ending.isPresent() ? 1 : Math.min(1, elapsed / trip.plan().phases().end()),
        ledger.inFlight(),
        measured,
        ending,
        Validity.of(trip.plan(), measured));
  }

  private static long origin(LoadPlan plan) {
    long wait = plan.startAtEpochMillis() - System.currentTimeMillis();
    return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Math.max(0, wait));
  }
}
