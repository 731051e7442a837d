package io.swarmpilot.predictor;

import io.swarmpilot.predictor.training.Trainings;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// What the parts of a predictor run on.
///
/// @param calls a virtual thread for every call: reading a table blocks
/// @param requested one thread that trains on request
/// @param training one thread that trains from executions
/// @param writing one thread that keeps executions on disk
record PredictorThreads(
    ExecutorService calls,
    ExecutorService requested,
    ExecutorService training,
    ExecutorService writing)
    implements AutoCloseable {
  private static final int QUEUED = 4_096;

  /// How long what is being trained or written may take to end.
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  static PredictorThreads start() {
    return new PredictorThreads(
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("predictor-", 0).factory()),
        single("predictor-training", Thread.MIN_PRIORITY, Trainings.MOST),
        single("predictor-adaptation", Thread.MIN_PRIORITY, QUEUED),
        single("predictor-history", Thread.NORM_PRIORITY, QUEUED));
  }

  @SuppressWarnings("ThreadPriorityCheck") // Training yields where the system knows priorities.
  private static ExecutorService single(String name, int priority, int queued) {
    return new ThreadPoolExecutor(
        1,
        1,
        0,
        TimeUnit.SECONDS,
        new ArrayBlockingQueue<>(queued),
        Thread.ofPlatform().name(name).priority(priority).daemon().factory());
  }

  /// Ends them: calls and training at once, writing when all is written.
  @Override
  public void close() {
    calls.shutdownNow();
    requested.shutdownNow();
    training.shutdownNow();
    writing.shutdown();
    try {
      long nanos = PATIENCE.toNanos();
      if (!training.awaitTermination(nanos, TimeUnit.NANOSECONDS)
          || !writing.awaitTermination(nanos, TimeUnit.NANOSECONDS)) {
        writing.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
