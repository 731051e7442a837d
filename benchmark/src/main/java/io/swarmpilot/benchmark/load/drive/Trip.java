package io.swarmpilot.benchmark.load.drive;

import com.google.common.collect.ImmutableList;
import io.swarmpilot.benchmark.load.Arrival;
import io.swarmpilot.benchmark.load.LoadPlan;
import io.swarmpilot.benchmark.prompts.Prompt;
import io.swarmpilot.benchmark.protocol.Target;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// What the loops of one run share: its plan, its servers, its clock, its ledger.
///
/// @param origin start of the run by [System#nanoTime()]
record Trip(
    LoadPlan plan, ImmutableList<Target> targets, Ledger ledger, long origin, AtomicLong started) {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  /// Now, ns after the start of the run.
  long now() {
    return System.nanoTime() - origin;
  }

  /// A time of the monotonic clock, ns after the start of the run.
  long since(long nanos) {
    return nanos - origin;
  }

  /// Takes the number of the next request; -1 when the run has had all its requests.
  long claim() {
    long most = plan.limits().maxRequests();
    long index = started.getAndIncrement();
    return most > 0 && index >= most ? -1 : index;
  }

  /// Sends a request.
  Flight send(long index, long intended, long due, Runnable whenOver) {
    Flight flight = new Flight(this, intended, due, whenOver);
    flight.start(targets.get((int) (index % targets.size())), prompt(index));
    return flight;
  }

  /// Waits until a time, ns after the start of the run.
  void sleepUntil(long time) throws InterruptedException {
    for (long left = time - now(); left > 0; left = time - now()) {
      LockSupport.parkNanos(left);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }

  private Prompt prompt(long index) {
    long row = plan.arrival() instanceof Arrival.Replay replay ? replay.row(index) : index;
    return plan.prompts().prompt(row, new SplittableRandom(plan.seed() ^ GOLDEN * (row + 1)));
  }
}
