package io.swarmpilot.benchmark.agent;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/// A server's stream that a thread of its own writes to and that holds it back while the reader is
/// slow.
///
/// @param <T> what is sent
final class PacedStream<T> {
  private final ServerCallStreamObserver<T> reader;
  private final Lock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean gone;

  /// Must be made within the call.
  PacedStream(ServerCallStreamObserver<T> reader) {
    this.reader = reader;
    reader.setOnReadyHandler(() -> signal(false));
    reader.setOnCancelHandler(() -> signal(true));
  }

  /// Sends, once the reader has room; false when the reader has gone.
  boolean send(T message) throws InterruptedException {
    lock.lock();
    try {
      while (!gone && !reader.isReady()) {
        changed.await();
      }
      if (gone) {
        return false;
      }
    } finally {
      lock.unlock();
    }
    reader.onNext(message);
    return true;
  }

  /// Waits; false when the reader has gone.
  boolean pause(Duration time) throws InterruptedException {
    long left = time.toNanos();
    lock.lock();
    try {
      while (!gone && left > 0) {
        left = changed.awaitNanos(left);
      }
      return !gone;
    } finally {
      lock.unlock();
    }
  }

  /// Ends the stream well.
  void complete() {
    reader.onCompleted();
  }

  /// Ends the stream because the agent stops.
  void abandon() {
    reader.onError(Status.UNAVAILABLE.withDescription("the agent stops").asRuntimeException());
  }

  private void signal(boolean end) {
    lock.lock();
    try {
      gone |= end;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
