package io.swarmpilot.benchmark.load.drive;

import io.swarmpilot.benchmark.load.Arrival;
import io.swarmpilot.benchmark.load.Ending;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/// Users who each send a request, wait for its end, think, and send the next. A virtual thread is a
/// user.
final class ClosedLoop implements Loop {
  private final Trip trip;
  private final Arrival.Closed arrival;
  private final AtomicBoolean exhausted = new AtomicBoolean();

  ClosedLoop(Trip trip, Arrival.Closed arrival) {
    this.trip = trip;
    this.arrival = arrival;
  }

  @Override
  public Ending run() throws InterruptedException {
    List<Thread> users = new ArrayList<>();
    for (int i = 0; i < arrival.users(); i++) {
      users.add(Thread.ofVirtual().name("load-user-" + i).start(this::use));
    }
    try {
      for (Thread user : users) {
        user.join();
      }
    } finally {
      users.forEach(Thread::interrupt);
    }
    return exhausted.get() ? Ending.REQUESTS : Ending.DURATION;
  }

  private void use() {
    try {
      long end = trip.plan().phases().end();
      long ready = 0;
      while (ready < end) {
        trip.sleepUntil(ready);
        long index = trip.claim();
        if (index < 0) {
          exhausted.set(true);
          return;
        }
        send(index, ready);
        ready = trip.now() + arrival.thinkTime().toNanos();
      }
      trip.sleepUntil(end);
    } catch (InterruptedException e) {
      // Nobody is told: the run is being stopped.
      Thread.currentThread().interrupt();
    }
  }

  private void send(long index, long ready) throws InterruptedException {
    Thread user = Thread.currentThread();
    Flight flight = trip.send(index, ready, ready, () -> LockSupport.unpark(user));
    while (!flight.isOver()) {
      LockSupport.park();
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }
}
