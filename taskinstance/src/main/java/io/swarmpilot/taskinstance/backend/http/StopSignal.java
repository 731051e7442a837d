package io.swarmpilot.taskinstance.backend.http;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Ends an exchange once, for the first reason given. Safe for use by several threads.
final class StopSignal implements AutoCloseable {
  private final CountDownLatch stopped = new CountDownLatch(1);
  private Reason reason = Reason.NONE;
  private Runnable closing = () -> {};

  /// Why it was stopped.
  synchronized Reason reason() {
    return reason;
  }

  /// What has to be closed from now on, in place of what had to be before; closes it at once when
  /// the signal was given already. The action must neither block nor throw.
  void closes(Runnable action) {
    synchronized (this) {
      if (reason == Reason.NONE) {
        closing = action;
        return;
      }
    }
    action.run();
  }

  /// Waits for the signal at most this long; returns whether it came.
  boolean await(Duration time) throws InterruptedException {
    return stopped.await(time.toNanos(), TimeUnit.NANOSECONDS);
  }

  void cancel() {
    stop(Reason.CANCELLED);
  }

  void timeOut() {
    stop(Reason.TIMED_OUT);
  }

  @Override
  public void close() {
    stop(Reason.CLOSED);
  }

  private void stop(Reason why) {
    Runnable due;
    synchronized (this) {
      if (reason != Reason.NONE) {
        return;
      }
      reason = why;
      due = closing;
    }
    stopped.countDown();
    due.run();
  }

  /// Why an exchange was stopped.
  enum Reason {
    /// It was not.
    NONE,
    /// Nobody wants its answer any more.
    CANCELLED,
    /// It took too long.
    TIMED_OUT,
    /// It is over.
    CLOSED
  }
}
