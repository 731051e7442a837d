package io.swarmpilot.benchmark.load.drive;

import io.swarmpilot.benchmark.load.LoadPlan;
import io.swarmpilot.benchmark.measure.Measurement;
import io.swarmpilot.benchmark.measure.Outcome;
import io.swarmpilot.benchmark.measure.Tally;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The requests of one run: those in flight and what became of the others. Once it is closed,
/// nothing is written down any more. Safe for use by several threads.
final class Ledger {
  private final Tally tally;
  private final Set<Flight> inFlight = new HashSet<>();
  private boolean sealed;
  private boolean closed;

  Ledger(LoadPlan plan) {
    this.tally = new Tally(plan.phases().window(), plan.slo());
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
    return inFlight.add(flight);
  }

  /// A request is over.
  synchronized void end(Flight flight, Outcome outcome) {
    if (!closed && inFlight.remove(flight)) {
      tally.ended(outcome);
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
