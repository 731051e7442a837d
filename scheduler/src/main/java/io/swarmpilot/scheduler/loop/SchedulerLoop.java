package io.swarmpilot.scheduler.loop;

import io.swarmpilot.runtime.time.MeshClock;
import io.swarmpilot.scheduler.core.Command;
import io.swarmpilot.scheduler.core.Decision;
import io.swarmpilot.scheduler.core.SchedulerCore;
import io.swarmpilot.scheduler.journal.Journal;
import io.swarmpilot.scheduler.statistics.Statistics;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The single writer: one thread takes commands from a bounded queue, in batches, lets the core
/// decide, journals the events and has the effects run once they are durable.
public final class SchedulerLoop implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SchedulerLoop.class);
  private static final int BATCH = 256;
  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final SchedulerCore core;
  private final Journal journal;
  private final EffectRunner effects;
  private final MeshClock clock;
  private final DecisionWatcher watcher;
  private final Statistics statistics;
  private final BlockingQueue<Work> inbox;
  private final int callersBound;
  private final Thread thread;
  private volatile boolean stopped;

  /// A loop around a core, not yet running.
  ///
  /// @param capacity most commands that wait; instances have half of it to themselves
  public SchedulerLoop(
      SchedulerCore core,
      Journal journal,
      EffectRunner effects,
      MeshClock clock,
      DecisionWatcher watcher,
      Statistics statistics,
      int capacity) {
    this.core = core;
    this.journal = journal;
    this.effects = effects;
    this.clock = clock;
    this.watcher = watcher;
    this.statistics = statistics;
    this.inbox = new ArrayBlockingQueue<>(capacity);
    this.callersBound = capacity / 2;
    this.thread = Thread.ofPlatform().name("scheduler-loop").daemon().unstarted(this::run);
  }

  /// Starts the thread.
  public void start() {
    thread.start();
  }

  /// Hands a caller's command over; false when too many wait.
  public boolean offer(Command command) {
    return inbox.remainingCapacity() > callersBound
        && !stopped
        && inbox.offer(new Work(List.of(command), null));
  }

  /// Hands over what an instance said, in order. `handled` runs on the loop's thread afterwards, so
  /// that a link can hold its next message back until then. False when too many wait.
  public boolean deliver(List<Command> commands, Runnable handled) {
    return !stopped && inbox.offer(new Work(commands, handled));
  }

  /// Stops the thread after the batch in hand; commands that wait are dropped.
  @Override
  public void close() {
    stopped = true;
    thread.interrupt();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    List<Work> batch = new ArrayList<>(BATCH);
    List<Command> commands = new ArrayList<>(BATCH);
    long nextTick = clock.nanos() + TICK_NANOS;
    while (!stopped) {
      try {
        long wait = core.isUnfinished() ? 0 : Math.max(0, nextTick - clock.nanos());
        Work first = inbox.poll(wait, TimeUnit.NANOSECONDS);
        if (first != null) {
          batch.add(first);
          inbox.drainTo(batch, BATCH - 1);
        }
      } catch (InterruptedException e) {
        continue;
      }
      batch.forEach(work -> commands.addAll(work.commands()));
      if (core.isUnfinished()) {
        commands.add(new Command.GoOn());
      }
      long now = clock.nanos();
      if (now - nextTick >= 0) {
        commands.add(new Command.Tick());
        nextTick = now + TICK_NANOS;
      }
      decide(commands, now);
      batch.forEach(Work::done);
      batch.clear();
      commands.clear();
    }
  }

  private void decide(List<Command> commands, long now) {
    try {
      showStand(now);
      Decision decision = core.handle(commands, now);
      statistics.decided(decision.events(), commands.size(), clock.nanos() - now);
      showEvents(decision, now);
      journal
          .append(decision.events())
          .whenComplete((done, failure) -> {
            if (failure == null) {
              runEffects(decision);
            } else {
              log.error("journal failed; effects withheld", failure);
            }
          });
    } catch (RuntimeException e) {
      log.error("a batch of commands failed", e);
    }
  }

  /// A watcher's fault must not keep a decision from taking effect.
  private void showStand(long now) {
    try {
      if (watcher.wantsFacts()) {
        watcher.begin(core.facts(), now);
      }
    } catch (RuntimeException e) {
      log.error("a watcher failed", e);
    }
  }

  private void showEvents(Decision decision, long now) {
    try {
      watcher.saw(decision.events(), now);
    } catch (RuntimeException e) {
      log.error("a watcher failed", e);
    }
  }

  private void runEffects(Decision decision) {
    try {
      effects.run(decision.effects());
    } catch (RuntimeException e) {
      log.error("an effect failed", e);
    }
  }

  /// Commands that came together.
  ///
  /// @param commands the commands
  /// @param handled what to run afterwards, if anything
  private record Work(List<Command> commands, @Nullable Runnable handled) {
    void done() {
      if (handled != null) {
        handled.run();
      }
    }
  }
}
