package io.swarmpilot.benchmark.load.drive;

import io.swarmpilot.benchmark.load.Ending;
import io.swarmpilot.benchmark.load.ErrorRate;
import io.swarmpilot.benchmark.load.LoadPlan;
import io.swarmpilot.benchmark.load.Saturation;
import io.swarmpilot.benchmark.measure.Measurement;
import io.swarmpilot.benchmark.measure.Outcome;
import io.swarmpilot.benchmark.measure.Tally;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// The requests of one run: those in flight and what became of the others. Once it is closed,
/// nothing is written down any more. Safe for use by several threads.
final class Ledger {
  private static final long NANOS_PER_S = 1_000_000_000L;

  private final Tally tally;
  private final ErrorRate errors;
  private final Saturation saturation = new Saturation();
  private final boolean stopWhenSaturated;
  private final Consumer<Ending> stop;
  private final Set<Flight> inFlight = new HashSet<>();
  private boolean sealed;
  private boolean closed;
  private long second;
  private long endedInSecond;
  private double responsesInSecond;

  /// An empty one.
  ///
  /// @param stop told why the run is to end early
  Ledger(LoadPlan plan, Consumer<Ending> stop) {
    this.tally = new Tally(plan.phases().window(), plan.slo());
    this.errors = new ErrorRate(plan.limits().maxErrorRate());
    this.stopWhenSaturated = plan.limits().stopWhenSaturated();
    this.stop = stop;
  }

  /// A request is about to be sent.
  ///
  /// @param now ns after the start of the run
  /// @return whether it may be
  synchronized boolean open(Flight flight, long now) {
    if (sealed) {
      return false;
    }
    tally.sent(now);
    passTo(now);
    return inFlight.add(flight);
  }

  /// A request is over.
  synchronized void end(Flight flight, Outcome outcome) {
    if (!closed && inFlight.remove(flight)) {
      tally.ended(outcome);
      watch(outcome);
      if (inFlight.isEmpty()) {
        notifyAll();
      }
    }
  }

  /// A request is given up that was never sent.
  synchronized void drop(long intended, long now) {
    if (!closed) {
      tally.dropped(intended, now);
    }
  }

  private void watch(Outcome outcome) {
    passTo(outcome.ended());
    endedInSecond++;
    responsesInSecond += outcome.ended() - outcome.intended();
    if (errors.add(outcome.failure().isPresent())) {
      stop.accept(Ending.ERRORS);
    }
  }

  private void passTo(long now) {
    for (; second < now / NANOS_PER_S; second++) {
      double mean = responsesInSecond / endedInSecond;
      if (saturation.add(inFlight.size(), mean) && stopWhenSaturated) {
        stop.accept(Ending.SATURATED);
      }
      endedInSecond = 0;
      responsesInSecond = 0;
    }
  }

  synchronized int inFlight() {
    return inFlight.size();
  }

  synchronized Measurement read(long now) {
    return tally.read(now);
  }

  /// Waits until nothing is in flight, or this long.
  ///
  /// @return whether nothing is
  synchronized boolean awaitEmpty(long nanos) throws InterruptedException {
    long deadline = System.nanoTime() + nanos;
    while (!inFlight.isEmpty()) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      wait(left / 1_000_000, (int) (left % 1_000_000));
    }
    return true;
  }

  /// Breaks off what is in flight, and lets no more be sent.
  void cancelAll() {
    List<Flight> flights;
    synchronized (this) {
      sealed = true;
      flights = List.copyOf(inFlight);
    }
    flights.forEach(Flight::cancel);
  }

  /// Writes nothing down from now on.
  synchronized void close() {
    sealed = true;
    closed = true;
  }
}
