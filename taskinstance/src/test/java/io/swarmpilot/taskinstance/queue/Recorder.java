package io.swarmpilot.taskinstance.queue;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A stream of the scheduler's that keeps every event.
final class Recorder implements DispatchListener {
  private final DispatchPort port;
  private final BlockingQueue<TaskEvent> events = new LinkedBlockingQueue<>(100_000);
  private final BlockingQueue<String> changes = new LinkedBlockingQueue<>(100_000);

  Recorder(DispatchPort port) {
    this.port = port;
  }

  /// Opens the stream; outcomes that are due come as events.
  Holdings open() {
    Holdings holdings = port.attach(this);
    eventsReady();
    return holdings;
  }

  /// The next event.
  TaskEvent next() throws InterruptedException {
    return requireNonNull(events.poll(10, TimeUnit.SECONDS), "no event came");
  }

  /// The next event, which has to be an outcome.
  FinishedTask ended() throws InterruptedException {
    TaskEvent event = next();
    while (event instanceof TaskEvent.Started) {
      event = next();
    }
    return ((TaskEvent.Ended) event).task();
  }

  boolean isQuiet() {
    return events.isEmpty();
  }

  /// Waits until the instance changed.
  void awaitChange() throws InterruptedException {
    requireNonNull(changes.poll(10, TimeUnit.SECONDS), "nothing changed");
  }

  @Override
  public synchronized void eventsReady() {
    port.take(this, Integer.MAX_VALUE, Long.MAX_VALUE).forEach(events::add);
  }

  @Override
  public void instanceChanged() {
    changes.add("changed");
    eventsReady();
  }
}
