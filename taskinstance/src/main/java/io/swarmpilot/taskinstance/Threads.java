package io.swarmpilot.taskinstance;

import io.swarmpilot.taskinstance.queue.Workers;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Everything that an instance runs on.
///
/// @param waiting a virtual thread for each execution that waits, and for what blocks
/// @param computing a platform thread for each execution that computes
/// @param timer ticks
record Threads(ExecutorService waiting, ExecutorService computing, ScheduledExecutorService timer)
    implements AutoCloseable {
  // Replicas are bounded; this leaves room for those that are being opened and closed.
  private static final int MAX_COMPUTING = 1_100;

  static Threads create() {
    return new Threads(
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("task-", 0).factory()),
        new ThreadPoolExecutor(
            0,
            MAX_COMPUTING,
            10,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            Thread.ofPlatform().daemon().name("model-", 0).factory()),
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("instance-timer").factory()));
  }

  Workers workers() {
    return new Workers(waiting, computing);
  }

  /// Lets what runs end for at most `grace`, then interrupts it.
  void drain(Duration grace) throws InterruptedException {
    timer.shutdownNow();
    waiting.shutdown();
    computing.shutdown();
    long deadline = System.nanoTime() + grace.toNanos();
    boolean _ = waiting.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    boolean _ = computing.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    close();
  }

  /// Interrupts everything.
  @Override
  public void close() {
    timer.shutdownNow();
    waiting.shutdownNow();
    computing.shutdownNow();
  }
}
