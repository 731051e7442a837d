package io.swarmpilot.scheduler.observe;

import io.swarmpilot.scheduler.core.Event;
import io.swarmpilot.scheduler.core.Outcome;
import io.swarmpilot.scheduler.core.Payload;
import io.swarmpilot.scheduler.loop.DecisionWatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Hands what the loop decides to the observatory, as long as that keeps up: never waits, and holds
/// no input or result. After a loss nothing more is handed over until it has been told anew where
/// the scheduler stands.
final class EventTap implements DecisionWatcher {
  private static final int MOST_EVENTS = 131_072;

  /// How often it is told that time has passed, ns.
  private static final long MARK_EVERY = 20_000_000L;

  /// Least time between two tellings of where the scheduler stands after a loss, ns: each costs it
  /// time in proportion to its live tasks.
  private static final long MEND_EVERY = 5_000_000_000L;

  private final BlockingQueue<Sight> inbox;
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicLong lost = new AtomicLong();
  private volatile boolean wanted;
  private volatile boolean open;
  private volatile boolean broken;
  private long lastMark;
  private long lastStand;

  EventTap(BlockingQueue<Sight> inbox) {
    this.inbox = inbox;
  }

  /// Asks to be told where the scheduler stands, and what it decides from then on.
  void want() {
    wanted = true;
  }

  /// Wants nothing more.
  void close() {
    open = false;
  }

  /// Events lost so far.
  long lost() {
    return lost.get();
  }

  /// So many events have been taken out of the inbox.
  void taken(int events) {
    waiting.addAndGet(-events);
  }

  @Override
  public boolean wantsFacts() {
    return wanted;
  }

  @Override
  public void begin(List<Event> facts, long now) {
    boolean gap = broken || !open;
    lastStand = now;
    open = true;
    wanted = false;
    // Without room it is tried again later.
    broken = !inbox.offer(new Sight.Stand(facts, now, gap));
  }

  @Override
  public void saw(List<Event> events, long now) {
    if (!open) {
      return;
    }
    if (broken) {
      lost.addAndGet(events.size());
      wanted |= waiting.get() == 0 && now - lastStand >= MEND_EVERY;
      return;
    }
    if (events.isEmpty() && now - lastMark < MARK_EVERY) {
      return;
    }
    lastMark = now;
    if (waiting.get() + events.size() > MOST_EVENTS
        || !inbox.offer(new Sight.Decided(withoutPayloads(events), now))) {
      broken = true;
      lost.addAndGet(events.size());
    } else {
      waiting.addAndGet(events.size());
    }
  }

  private static List<Event> withoutPayloads(List<Event> events) {
    List<Event> slim = new ArrayList<>(events.size());
    for (Event event : events) {
      slim.add(
          switch (event) {
            case Event.TaskAccepted accepted -> withoutInput(accepted);
            case Event.TaskCompleted completed -> withoutResult(completed);
            default -> event;
          });
    }
    return slim;
  }

  private static Event withoutInput(Event.TaskAccepted accepted) {
    return new Event.TaskAccepted(
        accepted.taskId(),
        accepted.model(),
        accepted.traits(),
        Described.of(accepted.payload()),
        accepted.estimates(),
        accepted.submitUnix(),
        accepted.at());
  }

  private static Event withoutResult(Event.TaskCompleted completed) {
    return completed.outcome() instanceof Outcome.Succeeded succeeded
        ? new Event.TaskCompleted(
            completed.taskId(),
            new Outcome.Succeeded(Payload.NONE, succeeded.executionMs(), succeeded.replica()),
            completed.at())
        : completed;
  }
}
