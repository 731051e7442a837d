package io.swarmpilot.benchmark.load.drive;

import io.swarmpilot.benchmark.load.Ending;
import io.swarmpilot.benchmark.load.Schedule;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Starts requests when they are due, whatever became of those before them. A request that is late,
/// because this thread was or because too many are in flight, is sent late and keeps its clock: no
/// slot is skipped or moved.
final class OpenLoop implements Loop {
  private final Trip trip;
  private final Schedule schedule;
  private final Semaphore room;
  private long heldUntil;

  OpenLoop(Trip trip, Schedule schedule) {
    this.trip = trip;
    this.schedule = schedule;
    this.room = new Semaphore(trip.plan().limits().maxInFlight());
  }

  @Override
  public Ending run() throws InterruptedException {
    long end = trip.plan().phases().end();
    long intended = schedule.next();
    while (intended < end) {
      long index = trip.claim();
      if (index < 0) {
        return Ending.REQUESTS;
      }
      trip.sleepUntil(intended);
      if (!enter(end)) {
        dropFrom(intended, end);
        return Ending.DURATION;
      }
      Flight _ = trip.send(index, intended, Math.max(intended, heldUntil), room::release);
      intended = schedule.next();
    }
    if (intended == Schedule.NONE) {
      return Ending.REQUESTS;
    }
    trip.sleepUntil(end);
    return Ending.DURATION;
  }

  /// Waits for room for a request; without any until the end, it cannot be sent.
  private boolean enter(long end) throws InterruptedException {
    if (room.tryAcquire()) {
      return true;
    }
    boolean entered = room.tryAcquire(end - trip.now(), TimeUnit.NANOSECONDS);
    // Those after it, too, could not be sent before now.
    heldUntil = trip.now();
    return entered;
  }

  private void dropFrom(long intended, long end) {
    long now = trip.now();
    for (long due = intended; due < end; due = schedule.next()) {
      trip.ledger().drop(due, now);
    }
  }
}
