package io.swarmpilot.scheduler.statistics;

import io.swarmpilot.scheduler.core.Effect.TaskChange;
import io.swarmpilot.scheduler.core.Event;
import io.swarmpilot.scheduler.core.TaskSnapshot;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/// What a scheduler has done since it started. Written by the loop, read by anyone.
public final class Statistics {
  private static final double MS_A_SECOND = 1e3;
  private static final double NANOS_A_SECOND = 1e9;

  private final LongAdder accepted = new LongAdder();
  private final LongAdder succeeded = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder decisions = new LongAdder();
  private final LongAdder fallbacks = new LongAdder();
  private final LongAdder released = new LongAdder();
  private final LongAdder commands = new LongAdder();
  private final LongAdder busyNanos = new LongAdder();
  private final TimeHistogram wait = new TimeHistogram();
  private final TimeHistogram response = new TimeHistogram();

  /// The core has decided.
  ///
  /// @param handled commands it handled
  /// @param nanos time it took, ns
  public void decided(List<Event> events, int handled, long nanos) {
    commands.add(handled);
    busyNanos.add(nanos);
    for (Event event : events) {
      switch (event) {
        case Event.TaskAccepted _ -> accepted.increment();
        case Event.TaskReleased _ -> released.increment();
        case Event.TaskPlaced placed -> {
          decisions.increment();
          if (placed.fallback()) {
            fallbacks.increment();
          }
        }
        default -> {
          // Not counted.
        }
      }
    }
  }

  /// Something happened to a task.
  public void shown(TaskChange change, TaskSnapshot task) {
    if (change != TaskChange.COMPLETED) {
      return;
    }
    if (task.success()) {
      succeeded.increment();
      wait.add(task.waitMs() / MS_A_SECOND);
      response.add(task.totalMs() / MS_A_SECOND);
    } else {
      failed.increment();
    }
  }

  /// Tasks accepted.
  public long accepted() {
    return accepted.sum();
  }

  /// Tasks that ended with a result.
  public long succeeded() {
    return succeeded.sum();
  }

  /// Tasks that ended without one.
  public long failed() {
    return failed.sum();
  }

  /// Tasks given to an instance, each attempt counted.
  public long decisions() {
    return decisions.sum();
  }

  /// Those that another strategy decided because the one in force failed.
  public long fallbacks() {
    return fallbacks.sum();
  }

  /// Tasks taken from their instance.
  public long released() {
    return released.sum();
  }

  /// Commands handled.
  public long commands() {
    return commands.sum();
  }

  /// Time that took, s.
  public double busySeconds() {
    return busyNanos.sum() / NANOS_A_SECOND;
  }

  /// Waits of tasks that succeeded.
  public TimeHistogram waits() {
    return wait;
  }

  /// Response times of tasks that succeeded.
  public TimeHistogram responses() {
    return response;
  }
}
